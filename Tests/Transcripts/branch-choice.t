--branch, then WASMSTORE_BRANCH, then HEAD.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm m > /dev/null
  $ wasmstore add b.wasm m --branch one > /dev/null
  $ wasmstore add c.wasm m --branch two > /dev/null
  $ wasmstore hash m | cut -c1-8
  516f78ff
  $ WASMSTORE_BRANCH=one wasmstore hash m | cut -c1-8
  07734d19
  $ WASMSTORE_BRANCH=one wasmstore hash m --branch two | cut -c1-8
  f209ae4c
  $ wasmstore branch two --default
  $ wasmstore hash m | cut -c1-8
  f209ae4c
  $ git -C ~/.wasmstore symbolic-ref HEAD
  refs/heads/two

Only add makes a missing branch; it is empty.

  $ wasmstore add a.wasm x --branch new -v
  made branch new
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore list --branch new | cut -f2
  /x
  $ wasmstore remove m --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore set $(sha256sum < a.wasm | cut -c1-64) m --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore merge two --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore rollback --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore restore two --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore list --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch --list
  main
  new
  one
  two

branch NAME copies the default branch, whatever --branch says.

  $ wasmstore branch copy --branch one
  $ wasmstore hash m --branch copy | cut -c1-8
  f209ae4c
