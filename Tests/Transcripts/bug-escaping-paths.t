A path cannot leave the tree.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm ../../etc/a.wasm
  ERROR invalid path ../../etc/a.wasm: ".." is not allowed
  [1]
  $ wasmstore add a.wasm a/../../b
  ERROR invalid path a/../../b: ".." is not allowed
  [1]
  $ wasmstore add -r a.wasm --to ..
  ERROR invalid path ..: ".." is not allowed
  [1]
