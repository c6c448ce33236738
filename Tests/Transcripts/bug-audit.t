audit lists every commit of a path, and without one those of the branch.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ for n in 1 2 3; do wasmstore add a.wasm m > /dev/null; wasmstore add b.wasm m > /dev/null; done
  $ wasmstore audit m | wc -l
  6
  $ wasmstore audit | wc -l
  6
