The module before the current one, in a commit of its own; silently.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ for n in 1 2 3; do wasmstore add $n.wasm a; done
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore rollback a --dry-run
  would update	/a	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff → 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	0
  $ wasmstore rollback a
  $ wasmstore hash a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore log -n 1 --stat
  commit 5064431248f0d7b11e39fdff7584c1f814ebc7cf
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Rollback /a

  Wasmstore-Rollback-To: ec09b184aa71719247d1512c47f443d58f915966

  updated	/a	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff → 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	0
  
  $ wasmstore undo
  $ wasmstore hash a
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff

Several versions back, and not further than there are.

  $ wasmstore rollback a --steps 2 -v
  rolled back /a on main: 1 updated (/a); commit aba07cd
  $ wasmstore hash a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore rollback a --steps 5
  ERROR cannot roll back /a: there is only 1 earlier version
  [1]
  $ wasmstore rollback a --steps 0
  ERROR --steps must be a number from 1, not '0'
  hint: usage: wasmstore rollback [PATH] [--steps N] [-m MSG] [--dry-run]
               wasmstore rollback [PATH...] --to REV [-m MSG] [--dry-run]
  [2]

The first version is gone by a rollback: there was nothing before.

  $ wasmstore rollback a --json
  {"branch":"main","changes":[{"action":"removed","new":null,"new_size":null,"old":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","old_size":64,"path":"/a"}],"commit":"ff2868e8fa3b8316311cb5cd5abfa06e1bc2cd78","dry_run":false}
  $ wasmstore list

Without a path the whole branch goes back to what it was before its last commit.

  $ wasmstore add 1.wasm x > /dev/null
  $ wasmstore add 2.wasm y > /dev/null
  $ wasmstore rollback --dry-run
  would remove	/y	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore rollback -m 'Back'
  $ wasmstore list | cut -f2
  /x
  $ wasmstore log -n 1
  commit 271e173aec236e5f11ee8f55d19e7de7a7928e99
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Back

  Wasmstore-Rollback-To: dc437c1286ac1cae89be0917f53eb61f71a760b7
  Wasmstore-Rollback-Scope: branch
  

  $ wasmstore rollback nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore rollback --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ git init -q --bare -b main empty
  $ wasmstore rollback a --root empty
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore rollback --root empty
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore rollback ../a
  ERROR invalid path ../a: ".." is not allowed
  [1]
