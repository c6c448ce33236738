HOME is needed only where nothing names the store.

  $ make-wasm a.wasm 64 1
  $ (unset HOME; wasmstore add a.wasm)
  ERROR the place of the store is not known: HOME is not set
  hint: give --root DIRECTORY or set WASMSTORE_ROOT
  [1]
  $ (unset HOME; wasmstore --root here add a.wasm | wc -c)
  65
  $ (unset HOME; WASMSTORE_ROOT=here wasmstore list | wc -l)
  1
  $ (unset HOME; wasmstore --version)
  wasmstore 0.1.0 (libgit2 1.5.1)
