The default branch cannot be deleted, and what is not there neither.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore branch main --delete
  ERROR main is protected
  hint: it is the default branch; wasmstore branch NAME --default chooses another
  [3]
  $ wasmstore branch nope --delete
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore list | cut -f2
  /a.wasm
