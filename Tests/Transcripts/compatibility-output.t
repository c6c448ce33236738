Standard output is the older tool's to the byte; what was silent there is silent, on standard error too.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore add a.wasm | od -c | tail -2
  0000100  \n
  0000101
  $ wasmstore list | od -c | tail -2
  0000100  \t   /   a   .   w   a   s   m  \n
  0000111
  $ wasmstore versions a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: 19c06be5a172531f0fb5a92c300332484da01396
  $ wasmstore contains a.wasm
  true
  $ hash=$(wasmstore add b.wasm)
  $ before=$(wasmstore snapshot)

Nothing from these:

  $ wasmstore set $hash c.wasm
  $ wasmstore remove c.wasm
  $ wasmstore restore $before
  $ wasmstore restore $before a.wasm
  $ wasmstore branch test
  $ wasmstore rollback b.wasm --branch test
  $ wasmstore merge test
  $ wasmstore rollback a.wasm
  $ wasmstore branch test --delete
