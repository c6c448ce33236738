A release manager promotes a branch: the commit says who did it and why, even where the branch could just move forward.

  $ for n in 1 2 3 4 5; do make-wasm $n.wasm 64 $n; done
  $ list() { wasmstore list "$@" | sed 's/^\(.\{8\}\)[0-9a-f]*/\1/'; }
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore tag rel-1 -m 'The first'
  $ wasmstore branch feat
  $ wasmstore add 2.wasm b --branch feat > /dev/null
  $ wasmstore merge feat --no-ff --ff-only
  ERROR --ff-only and --no-ff cannot be used together
  [2]
  $ wasmstore merge feat --no-ff --dry-run
  would merge feat into main: 1 added
  would add	/b	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore merge feat --no-ff --author 'Rel <rel@example.com>' -m 'PROMOTE 42'
  $ wasmstore log -n 1
  commit 843095d187ea6c3c66b4c51ea9230a1cd7a9d13d
  Author: Rel
  Date: Thu Jan  1 00:00:00 2026

  PROMOTE 42
  
  $ git -C ~/.wasmstore log --format='%an <%ae> %p %s' -n 1
  Rel <rel@example.com> e79e659 257c52e PROMOTE 42
  $ test $(git -C ~/.wasmstore rev-parse main^{tree}) = $(git -C ~/.wasmstore rev-parse feat^{tree})
  $ wasmstore tag rel-2

Without --no-ff it only moves forward, and says that nothing takes the message.

  $ wasmstore add 3.wasm c --branch feat > /dev/null
  $ wasmstore branch next --from feat~1
  $ wasmstore merge feat --branch next -m 'PROMOTE 43'
  warning: next is only moved forward, so the message is not used; --no-ff makes a merge commit

What was merged and rolled back is not merged again. The merge says so, and how it comes again.

  $ wasmstore merge feat --no-ff
  $ wasmstore rollback
  $ list
  516f78ff	/a
  07734d19	/b
  $ wasmstore merge feat
  warning: feat was merged before, and ea061fe rolled back 1 path of that merge; 'wasmstore rollback --to feat /c' restores it
  $ wasmstore merge feat --dry-run --json | sed 's/[0-9a-f]\{40\}/ID/'
  warning: feat was merged before, and ea061fe rolled back 1 path of that merge; 'wasmstore rollback --to feat /c' restores it
  {"branch":"main","changes":[],"commit":null,"dry_run":true,"rolled_back":{"commit":"ID","paths":["/c"]}}
  $ wasmstore rollback --to feat /c
  $ list
  516f78ff	/a
  07734d19	/b
  f209ae4c	/c
  $ wasmstore merge feat

So too if only a path was rolled back, and if others came meanwhile.

  $ wasmstore rollback b
  $ wasmstore add 5.wasm e > /dev/null
  $ wasmstore merge feat
  warning: feat was merged before, and a5f55bf rolled back 1 path of that merge; 'wasmstore rollback --to feat /b' restores it
  $ wasmstore rollback --to feat b -v
  rolled back /b on main to feat: 1 added (/b); commit 78856a1
  $ wasmstore merge feat -v
  main already has all commits of feat: nothing changed
  $ wasmstore rollback --to rel-1
  $ wasmstore merge feat
  warning: feat was merged before, and 3e5f886 rolled back 2 paths of that merge; 'wasmstore rollback --to feat /b /c' restores them
