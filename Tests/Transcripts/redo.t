What was undone can be done again, the last undone first.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore add b.wasm /a.wasm > /dev/null
  $ wasmstore redo
  ERROR nothing to redo
  [1]
  $ wasmstore undo; wasmstore undo; wasmstore list
  $ wasmstore redo --dry-run
  would redo add /a.wasm
  $ wasmstore redo -v
  redid add /a.wasm: main none → 19c06be
  $ cmp $(wasmstore filename a.wasm) a.wasm
  $ wasmstore redo --json | sed 's/"id":"[0-9a-f]*"/"id":ID/; s/"date":[0-9]*/"date":DATE/; s/"time":"[^"]*"/"time":TIME/'
  {"dry_run":false,"operation":{"author":"wasmstore","command":"add /a.wasm","date":DATE,"id":ID,"index":null,"mail":"wasmstore@localhost","references":[{"after":"f686f9d52f86a6b63814e091b67935884cbb1b0b","before":"19c06be5a172531f0fb5a92c300332484da01396","name":"refs/heads/main"}],"settings":[],"time":TIME,"undoes":null}}
  $ cmp $(wasmstore filename a.wasm) b.wasm
  $ wasmstore redo
  ERROR nothing to redo
  [1]
  $ wasmstore undo --list | cut -f3 | sed 's/[0-9a-f]\{12\}/ID/'
  redo ID
  redo ID
  undo ID
  undo ID
  add /a.wasm
  add /a.wasm

Once something else was done, or a reference has moved, it cannot be.

  $ wasmstore undo
  $ wasmstore tag v1
  $ wasmstore redo
  ERROR nothing to redo
  [1]
  $ wasmstore undo
  $ git -C ~/.wasmstore tag v1 main
  $ wasmstore redo 2>&1 | sed 's/[0-9a-f]\{12\}/ID/'
  ERROR cannot undo ID: refs/tags/v1 has changed since then
  hint: wasmstore undo --list shows the later operations
