Two words are FILE and PATH; several files need -r, and then --to is the place.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; mkdir d; make-wasm d/c.wasm 64 3
  $ wasmstore add a.wasm b
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore add a.wasm b.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore add a.wasm /b.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore add a.wasm d
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore add a.wasm b.wasm d
  ERROR add takes one FILE and one PATH; use -r for several files
  hint: wasmstore add -r FILE...
  [2]
  $ wasmstore add -r a.wasm b.wasm d --to place | cut -f2
  3 added
  /place/a.wasm
  /place/b.wasm
  /place/c.wasm
  $ wasmstore add -r a.wasm | cut -f2
  1 added
  /a.wasm
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore add a.wasm b.wasm'
  stored a.wasm at the path b.wasm; wasmstore add -r a.wasm b.wasm adds both files
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
