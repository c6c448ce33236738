Every move of a branch or tag can be taken back.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore undo
  ERROR nothing to undo
  [1]
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore add b.wasm /a.wasm > /dev/null
  $ wasmstore branch test
  $ wasmstore tag v1
  $ wasmstore undo --list | cut -f1,3-
  0	tag v1	v1  none → f686f9d52f86a6b63814e091b67935884cbb1b0b
  1	branch test	test  none → f686f9d52f86a6b63814e091b67935884cbb1b0b
  2	add /a.wasm	main  19c06be5a172531f0fb5a92c300332484da01396 → f686f9d52f86a6b63814e091b67935884cbb1b0b
  3	add /a.wasm	main  none → 19c06be5a172531f0fb5a92c300332484da01396
  $ wasmstore undo --list --json | sed 's/"id":"[0-9a-f]*"/"id":ID/; s/"date":[0-9]*/"date":DATE/; s/"time":"[^"]*"/"time":TIME/'
  [
  {"author":"wasmstore","command":"tag v1","date":DATE,"id":ID,"index":0,"mail":"wasmstore@localhost","references":[{"after":"f686f9d52f86a6b63814e091b67935884cbb1b0b","before":null,"name":"refs/tags/v1"}],"settings":[],"time":TIME,"undoes":null},
  {"author":"wasmstore","command":"branch test","date":DATE,"id":ID,"index":1,"mail":"wasmstore@localhost","references":[{"after":"f686f9d52f86a6b63814e091b67935884cbb1b0b","before":null,"name":"refs/heads/test"}],"settings":[],"time":TIME,"undoes":null},
  {"author":"wasmstore","command":"add /a.wasm","date":DATE,"id":ID,"index":2,"mail":"wasmstore@localhost","references":[{"after":"f686f9d52f86a6b63814e091b67935884cbb1b0b","before":"19c06be5a172531f0fb5a92c300332484da01396","name":"refs/heads/main"}],"settings":[],"time":TIME,"undoes":null},
  {"author":"wasmstore","command":"add /a.wasm","date":DATE,"id":ID,"index":3,"mail":"wasmstore@localhost","references":[{"after":"19c06be5a172531f0fb5a92c300332484da01396","before":null,"name":"refs/heads/main"}],"settings":[],"time":TIME,"undoes":null}
  ]

The newest first; what was undone is passed over.

  $ wasmstore undo --dry-run
  would undo tag v1
  $ wasmstore undo
  $ wasmstore tag
  $ wasmstore undo -v
  undid branch test: test f686f9d → none
  $ wasmstore branch
  * main
  $ wasmstore undo --dry-run
  would undo add /a.wasm
  $ wasmstore undo
  $ test $(wasmstore hash a.wasm) = $(sha256sum < a.wasm | cut -c1-64)

An undo is an operation too and can be undone.

  $ wasmstore undo --list | cut -f3 | sed 's/[0-9a-f]\{12\}/ID/'
  undo ID
  undo ID
  undo ID
  tag v1
  branch test
  add /a.wasm
  add /a.wasm
  $ wasmstore undo 0
  $ test $(wasmstore hash a.wasm) = $(sha256sum < b.wasm | cut -c1-64)

What was deleted or renamed is told from what was made.

  $ wasmstore branch gone; wasmstore branch gone there --rename; wasmstore branch there --delete
  $ wasmstore undo --list | cut -f1,3- | head -3
  0	branch --delete there	there  f686f9d52f86a6b63814e091b67935884cbb1b0b → none
  1	branch --rename gone there	there  none → f686f9d52f86a6b63814e091b67935884cbb1b0b	gone  f686f9d52f86a6b63814e091b67935884cbb1b0b → none
  2	branch gone	gone  none → f686f9d52f86a6b63814e091b67935884cbb1b0b
  $ wasmstore undo; wasmstore undo; wasmstore undo

What something has overtaken cannot be taken back.

  $ wasmstore add a.wasm c.wasm > /dev/null
  $ id=$(wasmstore undo --list --json | grep '"add /a.wasm"' | head -1 | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
  $ wasmstore undo $id 2>&1 | sed "s/$id/ID/"
  ERROR cannot undo ID: refs/heads/main has changed since then
  hint: wasmstore undo --list shows the later operations
  $ wasmstore undo 99
  ERROR no operation 99
  hint: wasmstore undo --list shows the operations
  [1]
  $ wasmstore undo zzzz
  ERROR no operation zzzz
  hint: wasmstore undo --list shows the operations
  [1]
  $ wasmstore undo --list 0
  ERROR --list cannot be used with an operation
  [2]

On a terminal.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore undo --list' | head -2 | sed 's/[0-9a-f]\{12\}/ID/; s/20[-0-9: ]* /DATE /'
  0   DATE add /c.wasm  main  f686f9d → f367135
  1   DATE undo ID  gone  f686f9d → none
