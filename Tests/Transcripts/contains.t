true or false; the exit status is 0 for both.

  $ make-wasm a.wasm
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore contains a.wasm
  true
  $ wasmstore contains nope.wasm
  false
  $ wasmstore contains $(wasmstore hash a.wasm)
  true
  $ wasmstore contains 0000000000000000000000000000000000000000000000000000000000000000
  false
  $ wasmstore contains main:a.wasm
  true
  $ wasmstore contains nobranch:a.wasm
  false

For scripts, by exit status.

  $ wasmstore contains a.wasm --exit-code
  true
  $ wasmstore contains nope.wasm --exit-code
  false
  [1]
  $ wasmstore contains -q a.wasm
  $ wasmstore contains -q nope.wasm
  [1]

  $ wasmstore contains nope.wasm --json
  {"contains":false,"module":"nope.wasm"}
  $ wasmstore contains
  ERROR missing expected argument '<module>'
  hint: usage: wasmstore contains MODULE|REV:PATH [--exit-code | -q]
  [2]
