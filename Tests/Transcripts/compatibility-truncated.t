A truncated module gives one line, and nothing is stored.

  $ make-wasm a.wasm 64 1
  $ head -c 12 a.wasm > short.wasm
  $ wasmstore add short.wasm
  ERROR invalid module: unexpected end-of-file
  [1]
  $ head -c 12 a.wasm | wasmstore add - x
  ERROR invalid module: unexpected end-of-file
  [1]
  $ wasmstore list
  $ wasmstore snapshot
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ find ~/.wasmstore -type f -path '*/objects/*'
