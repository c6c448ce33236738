Pushes by plain git meet the same guards, once the store has its hook.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ make-wasm large.wasm 6000
  $ push() { git -C clone push "$@" 2>&1 | grep -v '^To \|^error: failed\|^   [0-9a-f]' | sed 's/ *$//'; return ${PIPESTATUS[0]}; }
  $ commit() { cp $1 clone/$2; git -C clone add .; git -C clone -c user.name=x -c user.email=x@y commit -q -m $2; }
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore tag v1
  $ wasmstore branch locked; wasmstore branch locked --protect=changes
  $ wasmstore branch main --protect
  $ wasmstore config set 'branch.*.policy' 'size=1KB'
  $ wasmstore hooks install --dry-run
  would write $HOME/.wasmstore/hooks/update
  $ test -e ~/.wasmstore/hooks/update
  [1]
  $ wasmstore hooks install -v
  wrote $HOME/.wasmstore/hooks/update
  $ head -n 2 ~/.wasmstore/hooks/update; test -x ~/.wasmstore/hooks/update
  #!/bin/sh
  # Written by 'wasmstore hooks install': pushes meet protection and policies.
  $ wasmstore hooks install
  $ git clone -q ~/.wasmstore clone

What the guards allow goes through.

  $ commit 2.wasm b
  $ push -q origin HEAD:main
  $ push -q origin HEAD:dev
  $ wasmstore list | cut -f2
  /a
  /b
  $ push -q origin HEAD:refs/tags/v2

Forced pushes, deletions, and what the policy refuses do not; nor does anything on a branch that is protected against changes.

  $ push -q -f origin HEAD~1:main
  remote: ERROR main is protected
  remote: hint: wasmstore branch main --unprotect removes the protection
  remote: error: hook declined to update refs/heads/main
   ! [remote rejected] HEAD~1 -> main (hook declined)
  [1]
  $ push -q -f origin HEAD~1:dev
  $ push -q origin HEAD:locked
  remote: ERROR locked is protected against changes
  remote: hint: merge, rollback and undo can change it; wasmstore branch locked --unprotect removes the protection
  remote: error: hook declined to update refs/heads/locked
   ! [remote rejected] HEAD -> locked (hook declined)
  [1]
  $ push -q origin :locked
  remote: ERROR locked is protected
  remote: hint: wasmstore branch locked --unprotect removes the protection
  remote: error: hook declined to update refs/heads/locked
   ! [remote rejected] locked (hook declined)
  [1]
  $ push -q origin :main
  remote: error: By default, deleting the current branch is denied, because the next
  remote: 'git clone' won't result in any file checked out, causing confusion.
  remote:
  remote: You can set 'receive.denyDeleteCurrent' configuration variable to
  remote: 'warn' or 'ignore' in the remote repository to allow deleting the
  remote: current branch, with or without a warning message.
  remote:
  remote: To squelch this message, you can set it to 'refuse'.
  remote: error: refusing to delete the current branch: refs/heads/main
   ! [remote rejected] main (deletion of the current branch prohibited)
  [1]
  $ push -q origin :dev
  $ push -q origin :v1
  remote: ERROR tag v1 cannot be changed: a push cannot move or delete a tag
  remote: hint: wasmstore tag v1 --delete deletes it; undo restores it
  remote: error: hook declined to update refs/tags/v1
   ! [remote rejected] v1 (hook declined)
  [1]
  $ push -q -f origin HEAD:refs/tags/v1
  remote: ERROR tag v1 cannot be changed: a push cannot move or delete a tag
  remote: hint: wasmstore tag v1 --delete deletes it; undo restores it
  remote: error: hook declined to update refs/tags/v1
   ! [remote rejected] HEAD -> v1 (hook declined)
  [1]
  $ commit large.wasm large; commit 3.wasm c
  $ push -q origin HEAD:main
  remote: ERROR the policy of main refuses /large: it has 6000 bytes; at most 1KB is allowed
  remote: hint: wasmstore config get 'branch.*.policy' shows the policy
  remote: error: hook declined to update refs/heads/main
   ! [remote rejected] HEAD -> main (hook declined)
  [1]
  $ push -q origin HEAD:fresh
  remote: ERROR the policy of fresh refuses /large: it has 6000 bytes; at most 1KB is allowed
  remote: hint: wasmstore config get 'branch.*.policy' shows the policy
  remote: error: hook declined to update refs/heads/fresh
   ! [remote rejected] HEAD -> fresh (hook declined)
  [1]
  $ wasmstore list | cut -f2
  /a
  /b
  $ wasmstore branch
    locked
  * main
  $ wasmstore tag | cut -f1
  v1
  v2
  $ git -C ~/.wasmstore fsck --strict --no-dangling

A hook of somebody else's stays.

  $ wasmstore hooks uninstall --dry-run
  would remove $HOME/.wasmstore/hooks/update
  $ wasmstore hooks uninstall -v
  removed $HOME/.wasmstore/hooks/update
  $ wasmstore hooks uninstall -v
  there was no hook
  $ echo '#!/bin/sh' > ~/.wasmstore/hooks/update
  $ wasmstore hooks install
  ERROR $HOME/.wasmstore/hooks/update already exists and was not written by wasmstore
  hint: --force overwrites it
  [3]
  $ wasmstore hooks uninstall
  ERROR $HOME/.wasmstore/hooks/update already exists and was not written by wasmstore
  hint: --force overwrites it
  [3]
  $ wasmstore hooks install --force
  $ wasmstore hooks check refs/heads/main
  ERROR hooks check requires REF, OLD and NEW
  [2]
  $ wasmstore hooks install now
  ERROR hooks install takes no arguments
  [2]
  $ wasmstore hooks check refs/heads/main x y
  ERROR invalid hash: x
  [1]
  $ wasmstore hooks install --root none
  ERROR no store at none
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
