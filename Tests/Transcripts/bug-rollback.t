A path with several versions goes back by one; without a path the tree is not emptied.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ a=$(wasmstore add a.wasm m); b=$(wasmstore add b.wasm m)
  $ wasmstore add a.wasm other > /dev/null
  $ wasmstore rollback m
  $ wasmstore hash m | grep -c $a
  1
  $ wasmstore rollback
  $ wasmstore list | cut -f2
  /m
  /other
  $ wasmstore hash m | grep -c $b
  1
