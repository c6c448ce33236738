Without a path the branch itself moves, and no commit is made.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add 1.wasm a > /dev/null
  $ first=$(wasmstore snapshot)
  $ wasmstore add 2.wasm a > /dev/null
  $ wasmstore add 3.wasm dir/b > /dev/null
  $ wasmstore tag full
  $ wasmstore restore $first --dry-run --json | grep -o '"commit":[^,]*'
  "commit":null
  $ wasmstore restore $first --dry-run
  would move main to e79e659c615607d7b9987df1d427585ce720137a
  would update	/a	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a → 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	0
  would remove	/dir/b	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore restore $first
  $ wasmstore snapshot | grep -c $first
  1
  $ wasmstore log --oneline
  e79e659c615607d7b9987df1d427585ce720137a Import /a

It can be undone, and done by any name of a revision.

  $ wasmstore undo
  $ wasmstore list | cut -f2
  /a
  /dir/b
  $ wasmstore restore main~1 -v
  restored main to main~1: 1 removed (/dir/b); commit ec09b18
  $ wasmstore restore full --json
  {"branch":"main","changes":[{"action":"added","new":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff","new_size":64,"old":null,"old_size":null,"path":"/dir/b"}],"commit":"aa41f40c0138c2f97e0bc1866c9a7020e067eb69","dry_run":false}

With paths a commit is made on top of the branch.

  $ wasmstore restore $first a
  $ wasmstore log --oneline
  194f977fd5bc2831b723251d9b55b3d789ce92b8 Restore /a
  aa41f40c0138c2f97e0bc1866c9a7020e067eb69 Import /dir/b
  ec09b184aa71719247d1512c47f443d58f915966 Import /a
  e79e659c615607d7b9987df1d427585ce720137a Import /a
  $ test $(wasmstore hash a) = $(sha256sum < 1.wasm | cut -c1-64)
  $ wasmstore restore $first dir --dry-run
  would remove	/dir/b	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore restore $first dir a -m 'Only the first'
  $ wasmstore list | cut -f2
  /a
  $ wasmstore log -n 1 --oneline --stat
  663aea7d656e904c7cfd489ba363910ffb65d1c5 Only the first
  removed	/dir/b	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore restore full dir a
  $ wasmstore log -n 1 --oneline --stat
  50550bbed5db0116002b46185b055e8fe3217dc6 Restore /dir /a
  updated	/a	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb → 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	0
  added	/dir/b	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff

Nothing to do is no commit.

  $ wasmstore restore full dir a
  $ wasmstore log -n 1 --oneline
  50550bbed5db0116002b46185b055e8fe3217dc6 Restore /dir /a

  $ wasmstore restore nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore restore main nope
  ERROR not found: main:/nope
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore restore main ../a
  ERROR invalid path ../a: ".." is not allowed
  [1]
  $ wasmstore restore main -m 'x'
  ERROR -m requires a PATH: without one, no commit is made
  [2]
  $ wasmstore restore
  ERROR missing expected argument '<rev>'
  hint: usage: wasmstore restore REV [PATH...] [-m MSG] [--dry-run]
  [2]
  $ wasmstore branch main --protect
  $ wasmstore restore main~1
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  [3]
