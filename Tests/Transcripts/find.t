The exact bytes of a module.

  $ make-wasm a.wasm 5000 1
  $ make-wasm b.wasm 5000 2
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore find a.wasm | cmp - a.wasm
  $ wasmstore find a.wasm -o - | cmp - a.wasm

By hash, by an abbreviation, and in another revision.

  $ hash=$(wasmstore hash a.wasm)
  $ wasmstore find $hash | cmp - a.wasm
  $ wasmstore find sha256:$hash | cmp - a.wasm
  $ wasmstore find ${hash:0:7} | cmp - a.wasm
  $ wasmstore add b.wasm /a.wasm > /dev/null
  $ wasmstore find main~1:a.wasm | cmp - a.wasm
  $ wasmstore find a.wasm | cmp - b.wasm

Into a file, which appears only when it is whole.

  $ wasmstore find a.wasm -o out.wasm
  $ cmp out.wasm b.wasm
  $ wasmstore find a.wasm --output no/such/folder/out.wasm
  ERROR cannot write no/such/folder/out.wasm: No such file or directory
  [1]
  $ wasmstore find nope.wasm -o other.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ ls
  a.wasm
  b.wasm
  out.wasm
  $ wasmstore find a.wasm -o /dev/full
  ERROR cannot write the module: No space left on device
  [1]

Not to a terminal, unless it is forced.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore find a.wasm'
  ERROR not writing 5 KB of binary data to a terminal
  hint: use -o FILE, a pipe, or --force
  [3]
  $ terminal 'wasmstore find a.wasm -o -'
  ERROR not writing 5 KB of binary data to a terminal
  hint: use -o FILE, a pipe, or --force
  [3]
  $ terminal 'wasmstore find a.wasm --force' | wc -c
  4988
  $ terminal 'wasmstore find a.wasm -o again.wasm'
  wrote 5 KB to again.wasm

What is not there.

  $ wasmstore find nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore find main~1:nope.wasm
  ERROR not found: main~1:nope.wasm
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore find nobranch:a.wasm
  ERROR unknown revision: nobranch
  [1]
  $ wasmstore find nope.wasm --json
  {"error":{"code":"not_found","hint":"wasmstore list shows the modules of the branch","message":"not found: /nope.wasm on main"}}
  [1]
  $ wasmstore find
  ERROR missing expected argument '<module>'
  hint: usage: wasmstore find MODULE|REV:PATH [-o FILE|-] [--force]
  [2]
