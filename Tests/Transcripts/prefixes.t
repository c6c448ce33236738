Unambiguous beginnings of commands and options stand for them, the older tool's first.

  $ make-wasm a.wasm 64 1
  $ wasmstore ad a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore li | cut -f2
  /a.wasm
  $ wasmstore snap
  19c06be5a172531f0fb5a92c300332484da01396
  $ wasmstore cont a.wasm
  true
  $ wasmstore br test; wasmstore br --li; wasmstore br --del test; wasmstore br
  main
  test
  * main
  $ wasmstore lo --max 1 --onel
  19c06be5a172531f0fb5a92c300332484da01396 Import /a.wasm
  $ wasmstore --ro ~/.wasmstore lis | wc -l
  1
  $ wasmstore l
  ERROR ambiguous command 'l': list, log
  [2]
  $ wasmstore s
  ERROR ambiguous command 's': server, set, snapshot
  [2]
  $ wasmstore ver
  ERROR ambiguous command 'ver': version, versions
  [2]
  $ wasmstore list --verb
  ERROR ambiguous option '--verb': --verbose, --verbosity
  [2]
  $ wasmstore add --m x a.wasm b
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore add --re a.wasm
  1 unchanged
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/a.wasm
