HEAD that names no branch stops what works on the default branch, and only that.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; export WASMSTORE_ROOT=m
  $ git init -q --bare -b master m; wasmstore add a.wasm > /dev/null; wasmstore branch dev
  $ git -C m update-ref --no-deref HEAD master
  $ wasmstore list
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  hint: the branches are dev, master; --branch selects one for a command
  [1]
  $ for words in 'add b.wasm' log status 'versions a.wasm' 'find a.wasm' 'remove a.wasm' 'merge dev' rollback 'branch new' tag; do wasmstore $words 2>&1 | head -1; done
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  ERROR HEAD is detached; wasmstore branch NAME --default sets the default branch
  $ wasmstore list --json
  {"error":{"code":"not_found","hint":"the branches are dev, master; --branch selects one for a command","message":"HEAD is detached; wasmstore branch NAME --default sets the default branch"}}
  [1]
  $ wasmstore list --branch dev | cut -f2
  /a.wasm
  $ wasmstore add b.wasm --branch dev | wc -c
  65
  $ wasmstore branch
    dev
    master
  $ wasmstore branch master --default; wasmstore list | cut -f2; git -C m symbolic-ref HEAD
  /a.wasm
  refs/heads/master

The same where HEAD names a branch that is not there, while others are.

  $ git -C m symbolic-ref HEAD refs/heads/main
  $ wasmstore list
  ERROR HEAD points to the branch main, which does not exist; wasmstore branch NAME --default sets the default branch
  hint: the branches are dev, master; --branch selects one for a command
  [1]
  $ wasmstore add b.wasm
  ERROR HEAD points to the branch main, which does not exist; wasmstore branch NAME --default sets the default branch
  hint: the branches are dev, master; --branch selects one for a command
  [1]
  $ wasmstore branch
    dev
  * main
    master
  $ git -C m for-each-ref
  9f2f3d35061c73a019b9ab569481ac8f10aff3c9 commit	refs/heads/dev
  19c06be5a172531f0fb5a92c300332484da01396 commit	refs/heads/master
  $ wasmstore branch dev --default; wasmstore list | cut -f2
  /a.wasm
  /b.wasm
  $ git -C m symbolic-ref HEAD refs/heads/main; wasmstore add b.wasm --branch main > /dev/null; wasmstore list | cut -f2
  /b.wasm
