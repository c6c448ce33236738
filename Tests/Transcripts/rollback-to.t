Back to a release by its tag: a commit, so that a protected branch takes it, and nothing is lost.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ list() { wasmstore list "$@" | sed 's/^\(.\{8\}\)[0-9a-f]*/\1/'; }
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore add 2.wasm dir/b > /dev/null
  $ wasmstore tag rel-1
  $ wasmstore add 3.wasm a > /dev/null
  $ wasmstore add 4.wasm new > /dev/null
  $ wasmstore remove dir
  $ wasmstore tag rel-2
  $ wasmstore branch main --protect
  $ wasmstore restore rel-1
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore rollback --to rel-1 --dry-run
  would update	/a	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff → 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	0
  would add	/dir/b	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  would remove	/new	ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  $ wasmstore rollback --to rel-1 -m 'Back to 1' -v
  rolled back main to rel-1: 1 added, 1 updated, 1 removed (/a, /dir/b, /new); commit 2311dc6
  $ list
  516f78ff	/a
  07734d19	/dir/b
  $ git -C ~/.wasmstore diff --stat rel-1 main
  $ wasmstore log -n 1 | sed 's/[0-9a-f]\{40\}/ID/'
  commit ID
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Back to 1

  Wasmstore-Rollback-To: ID
  Wasmstore-Rollback-Scope: branch
  
  $ wasmstore rollback --to rel-1
  $ wasmstore log --oneline | wc -l
  6

The next rollback goes on from there.

  $ wasmstore rollback
  $ list
  516f78ff	/a
  $ wasmstore rollback --to rel-2
  $ list
  f209ae4c	/a
  ba7a7a18	/new

Some paths; what the revision does not have goes.

  $ wasmstore rollback new dir --to rel-1
  $ list
  f209ae4c	/a
  07734d19	/dir/b
  $ wasmstore rollback nope --to rel-1
  ERROR not found: rel-1:/nope
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore rollback a --to rel-1 --json | sed 's/[0-9a-f]\{64\}/HASH/g; s/[0-9a-f]\{40\}/ID/'
  {"branch":"main","changes":[{"action":"updated","new":"HASH","new_size":64,"old":"HASH","old_size":64,"path":"/a"}],"commit":"ID","dry_run":false}
  $ wasmstore versions a | wc -l
  2
  $ wasmstore rollback a
  $ wasmstore contains a
  false
  $ wasmstore rollback a --to rel-2
  $ wasmstore rollback a
  $ list a
  516f78ff	/a

What another branch has is held against the policy, for this one never had it.

  $ wasmstore branch dev
  $ make-wasm large.wasm 500
  $ wasmstore add large.wasm --branch dev > /dev/null
  $ wasmstore config set branch.main.policy 'size=100'
  $ wasmstore rollback --to dev
  ERROR the policy of main refuses /large.wasm: it has 500 bytes; at most 100 is allowed
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore config set branch.main.policy 'size=10'
  $ wasmstore rollback --to rel-2
  $ list
  f209ae4c	/a
  ba7a7a18	/new

  $ wasmstore rollback --to nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore rollback --to rel-1 --steps 2
  ERROR --steps and --to cannot be used together
  [2]
  $ wasmstore rollback a b
  ERROR rollback takes one PATH; several require --to REV
  [2]
