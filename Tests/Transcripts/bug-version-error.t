The error of version stands on standard error, and its exit status is 1.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore version 5 a.wasm 2> /dev/null
  [1]
  $ wasmstore version 5 a.wasm > /dev/null
  ERROR version 5 does not exist for /a.wasm
  hint: wasmstore versions /a.wasm lists the versions
  [1]
