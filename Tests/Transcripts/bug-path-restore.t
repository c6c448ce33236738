Restoring a path keeps the history of all others.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore add a.wasm m > /dev/null; first=$(wasmstore snapshot)
  $ wasmstore add b.wasm other > /dev/null; wasmstore add b.wasm m > /dev/null
  $ wasmstore restore $first m
  $ wasmstore log --oneline | cut -d' ' -f2-
  Restore /m
  Import /m
  Import /other
  Import /m
  $ wasmstore versions other | wc -l
  1
  $ wasmstore list | cut -f2
  /m
  /other
