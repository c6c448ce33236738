Without a terminal no pager runs, not even one that is missing or asked for.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ PAGER=/no/such/pager wasmstore log --oneline | wc -l
  1
  $ wasmstore log --oneline --pager /no/such/pager | wc -l
  1
