A branch made by add --branch NEW starts empty.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore add b.wasm --branch new > /dev/null
  $ wasmstore list --branch new | cut -f2
  /b.wasm
  $ wasmstore log --branch new --oneline | wc -l
  1
