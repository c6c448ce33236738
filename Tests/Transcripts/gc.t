By default the branch's history becomes one commit, and what nothing reaches goes. The number of removed objects is
printed.

  $ root=$HOME/.wasmstore; objects() { git -C $root count-objects -v | grep -E '^(count|in-pack|packs|garbage)'; git -C $root fsck --full --strict --no-dangling; wasmstore fsck --deep; }
  $ wasmstore gc
  ERROR no store at $HOME/.wasmstore
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ make-wasm a.wasm 300 1; make-wasm b.wasm 400 2; make-wasm c.wasm 500 3
  $ wasmstore add a.wasm x.wasm > /dev/null; wasmstore add b.wasm x.wasm > /dev/null; wasmstore add c.wasm plugins/c.wasm > /dev/null
  $ wasmstore gc --dry-run
  would squash 3 commits of main into one (oldest 2026-01-01)
  would remove 1 module, 300 B:
  704a9a6477e2d6e6fc4ca11fc07c3bbac8b2e6acd20d428b5d0bb29b59bf2a08	300 B	last at /x.wasm in 5f0365c27a3853e91dffb175a735be0664d39097
  6
  $ wasmstore gc --dry-run --json
  {"freed_bytes":300,"holders":[],"modules":[{"commit":"5f0365c27a3853e91dffb175a735be0664d39097","hash":"704a9a6477e2d6e6fc4ca11fc07c3bbac8b2e6acd20d428b5d0bb29b59bf2a08","path":"/x.wasm","size":300}],"removed":6,"squashed":{"after":null,"before":"3e7798bcac89214ee1252dd222b31f255614a7db","branch":"main","commits":3,"oldest":"2026-01-01T00:00:00Z","rewritten":{}},"waiting":0}
  $ wasmstore undo --list | wc -l
  3
  $ wasmstore gc
  6
  $ wasmstore list; wasmstore log --oneline; objects
  f271c4d9848fad500537bbc822f20d09e6fca523d2f61aa6cba9aff08d3e47cf	/plugins/c.wasm
  e1e90e8da1fa044b8d82fd8290c47d54e6ff0e90f32cee7fe2eb9f2255f1851d	/x.wasm
  2ab72cff8ba2cba36fce63512bd1d54a51d4600e Squash 3 commits
  count: 0
  in-pack: 5
  packs: 1
  garbage: 0
  checked 2 modules, 5 objects, 1 commit, 1 reference: no damage
  $ wasmstore find x.wasm | cmp - b.wasm
  $ wasmstore undo
  ERROR cannot undo [0-9a-f]{12}: a gc has removed its objects (re)
  hint: wasmstore undo --list shows the operations that can be undone
  [1]
  $ wasmstore gc
  0
  $ git -C $root reflog main; git -C $root for-each-ref
  2ab72cff8ba2cba36fce63512bd1d54a51d4600e commit	refs/heads/main

A commit that an earlier gc made does not count.

  $ wasmstore add a.wasm x.wasm > /dev/null
  $ wasmstore gc --dry-run; wasmstore gc; wasmstore log --oneline
  would squash 2 commits of main into one (oldest 2026-01-01)
  would remove 1 module, 400 B:
  e1e90e8da1fa044b8d82fd8290c47d54e6ff0e90f32cee7fe2eb9f2255f1851d	400 B	last at /x.wasm in 2ab72cff8ba2cba36fce63512bd1d54a51d4600e
  3
  3
  8485a98148e22bfa445d7ceb6a1a29188f77ec81 Squash 2 commits

Other branches and tags keep their history, and with it what both have.

  $ wasmstore branch dev; wasmstore add b.wasm y.wasm > /dev/null; wasmstore tag v1; wasmstore add c.wasm y.wasm > /dev/null; wasmstore add a.wasm y.wasm > /dev/null
  $ wasmstore gc --dry-run
  would squash 2 commits of main into one (oldest 2026-01-01); kept: tag v1
  3
  $ wasmstore gc; wasmstore log --oneline; wasmstore log v1 --oneline
  3
  3daf4756ce8d298b4051df7428d86318d1f737a3 Squash 2 commits
  53b1505a3152298be568f5e2b8c040982bf3ab31 Import /y.wasm
  8485a98148e22bfa445d7ceb6a1a29188f77ec81 Squash 2 commits
  53b1505a3152298be568f5e2b8c040982bf3ab31 Import /y.wasm
  8485a98148e22bfa445d7ceb6a1a29188f77ec81 Squash 2 commits
  $ wasmstore gc -v
  squashed nothing: the history is in use by tag v1
  freed 0 B
  0
  $ wasmstore merge dev; objects
  count: 0
  in-pack: 10
  packs: 1
  garbage: 0
  checked 3 modules, 10 objects, 3 commits, 3 references: no damage

With --keep-last the newest commits stay, and with --keep-history all of them.

  $ for i in 1 2 3 4 5; do make-wasm d.wasm $((600 + i)) $i; wasmstore add d.wasm d.wasm > /dev/null; done; wasmstore rollback d.wasm
  $ wasmstore gc --keep-last 3 --json | sed 's/,"holders.*//'
  {"freed_bytes":49152
  $ wasmstore log --oneline; objects; wasmstore rollback d.wasm; wasmstore versions d.wasm | wc -l
  1e58d613a1c326f732955b3d6a4ce99f8b65187a Rollback /d.wasm
  6b64d3c41f36aeca1a50d83bc81e2f35a8592f5d Import /d.wasm
  7c59e3e3169cec30c4ad013b0f0d8640f5b05c56 Import /d.wasm
  99aa635afdb8a6fc7f4059e575269525daff87cc Squash 4 commits
  53b1505a3152298be568f5e2b8c040982bf3ab31 Import /y.wasm
  8485a98148e22bfa445d7ceb6a1a29188f77ec81 Squash 2 commits
  count: 0
  in-pack: 18
  packs: 1
  garbage: 0
  checked 6 modules, 18 objects, 6 commits, 3 references: no damage
  3
  $ wasmstore remove d.wasm; wasmstore gc --keep-history; wasmstore undo > /dev/null; wasmstore list | wc -l
  0
  4
  $ wasmstore gc --keep-last 0
  ERROR --keep-last must be a number from 1, not '0'
  hint: usage: wasmstore gc [--keep-history|--keep-last N] [--expire-now]
                            [--dry-run] [-y]
  [2]
  $ wasmstore gc --keep-last 2 --keep-history
  ERROR --keep-history and --keep-last cannot be used together
  [2]

What plain git wrote waits for gc.grace.

  $ echo text | git -C $root hash-object -w --stdin > /dev/null
  $ wasmstore gc --keep-history --dry-run; wasmstore gc --keep-history -v
  0
  1 object kept for now: see gc.grace
  freed 0 B
  0
  $ wasmstore config set gc.grace 1x
  ERROR invalid value '1x' for wasmstore.gc.grace: it is not a time such as 90s, 30m, 24h or 7d
  [1]
  $ wasmstore config set gc.grace 2h; wasmstore config set gc.policy keep-history; wasmstore gc
  0
  $ find $root/objects -type f -exec touch -d '1 minute ago' {} +
  $ wasmstore gc --expire-now; objects
  4
  count: 0
  in-pack: 20
  packs: 1
  garbage: 0
  checked 6 modules, 1 other file, 20 objects, 7 commits, 4 references: no damage

A protected branch keeps its history.

  $ wasmstore add b.wasm e.wasm > /dev/null; wasmstore branch main --protect; wasmstore gc --keep-last 1
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore gc --keep-history
  0

What is damaged is not collected.

  $ rm -f $root/objects/pack/*.idx; wasmstore gc
  ERROR damaged: object 8485a98148e22bfa445d7ceb6a1a29188f77ec81: it is missing
  hint: wasmstore fsck lists all damage
  [12]
