The SHA-256 of a module that the branch holds.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ wasmstore add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash /a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash $(sha256sum < a.wasm | cut -c1-64)
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash a.wasm --short
  516f78ff
  $ wasmstore hash $(wasmstore hash a.wasm --short)
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash a.wasm --json
  {"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","kind":"core","path":"/a.wasm","size":64}

An earlier revision.

  $ wasmstore add b.wasm /a.wasm
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore hash main~1:a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb

What is not there, a module that was never stored, and a directory.

  $ wasmstore hash nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore hash 0000000000000000000000000000000000000000000000000000000000000000
  ERROR not found: 0000000000000000000000000000000000000000000000000000000000000000 on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore add a.wasm dir/a.wasm > /dev/null
  $ wasmstore hash dir
  ERROR /dir is not a module but a directory
  [1]

A path with a colon: a revision ends at the first one outside its braces.

  $ wasmstore add a.wasm v1:a:b.wasm > /dev/null
  $ wasmstore hash v1:a:b.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash main:v1:a:b.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash '@{now}:v1:a:b.wasm'
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore hash nope:a:b.wasm
  ERROR unknown revision: nope
  [1]
