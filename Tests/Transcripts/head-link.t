#requires: git

Old repositories have a symbolic link as HEAD. What is written goes in its place, not into what it leads to.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore branch dev
  $ wasmstore add b.wasm > /dev/null
  $ main=$(wasmstore snapshot)
  $ rm ~/.wasmstore/HEAD; ln -s refs/heads/main ~/.wasmstore/HEAD
  $ wasmstore branch
    dev
  * main
  $ wasmstore branch dev --default
  $ test $(cat ~/.wasmstore/refs/heads/main) = $main
  $ cat ~/.wasmstore/HEAD
  ref: refs/heads/dev
  $ wasmstore undo
  $ cat ~/.wasmstore/HEAD
  ref: refs/heads/main

The same for the link of a branch.

  $ ln -s main ~/.wasmstore/refs/heads/copy
  $ wasmstore branch copy --delete
  $ test $(wasmstore snapshot) = $main
