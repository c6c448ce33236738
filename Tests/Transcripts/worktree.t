A branch that a linked work tree of plain git's has checked out stays as it is, as with git.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore branch dev
  $ git -C ~/.wasmstore worktree add -q "$PWD/tree" dev
  $ wasmstore branch dev --delete
  ERROR dev is checked out at $TRANSCRIPT/tree
  hint: git worktree list shows the work trees; git switch --detach in that work tree frees the branch
  [3]
  $ wasmstore branch dev new --rename --dry-run
  ERROR dev is checked out at $TRANSCRIPT/tree
  hint: git worktree list shows the work trees; git switch --detach in that work tree frees the branch
  [3]
  $ wasmstore add --branch dev a.wasm b.wasm
  ERROR dev is checked out at $TRANSCRIPT/tree
  hint: git worktree list shows the work trees; git switch --detach in that work tree frees the branch
  [3]
  $ wasmstore add a.wasm b.wasm > /dev/null
  $ git -C ~/.wasmstore worktree remove tree
  $ wasmstore branch dev --delete
