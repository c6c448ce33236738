A mirror by plain git has all branches, tags, what undo needs, and the settings that guard branches. The record goes along if a
setting asks for it, or by hand.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore add 2.wasm a > /dev/null
  $ wasmstore branch release; wasmstore branch release --default
  $ wasmstore tag v1
  $ wasmstore restore main~1 --branch main
  $ wasmstore branch main --protect
  $ wasmstore config set branch.release.policy 'size=1KB imports='
  $ wasmstore config set 'branch.release/*.protected' changes
  $ clone() { git clone -q --mirror ~/.wasmstore $1; }
  $ push() { git init -q --bare $1; git -C ~/.wasmstore push -q --mirror "$PWD/$1"; git -C $1 symbolic-ref HEAD $(git -C ~/.wasmstore symbolic-ref HEAD); }
  $ for way in clone push; do
  >   $way $way
  >   wasmstore --root $way status | grep missing
  >   cp ~/.wasmstore/operations $way
  >   diff <(wasmstore config list) <(wasmstore --root $way config list)
  >   diff <(git -C ~/.wasmstore for-each-ref) <(git -C $way for-each-ref)
  >   diff <(wasmstore audit --moves --branch main) <(wasmstore --root $way audit --moves --branch main)
  >   wasmstore --root $way restore v1 --branch main
  >   make-wasm large.wasm 6000; wasmstore --root $way add large.wasm
  >   wasmstore --root $way add 3.wasm small 2>&1
  >   wasmstore --root $way hooks install
  >   wasmstore --root $way status | grep missing
  >   diff <(wasmstore config list) <(wasmstore --root $way config list)
  >   wasmstore --root $way undo --list | sed -n 3p | cut -f 3
  >   wasmstore --root $way fsck
  > done
  missing	operation record: undo and BRANCH@{DATE} have no earlier operations
  missing	update hook: protection and policies do not apply to pushes of plain git
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  ERROR the policy of release refuses /large.wasm: it has 6000 bytes; at most 1KB is allowed
  hint: wasmstore config get branch.release.policy shows the policy
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  config set branch.release.policy
  checked 3 modules, 1 other file, 10 objects, 3 commits, 4 references: no damage
  missing	operation record: undo and BRANCH@{DATE} have no earlier operations
  missing	update hook: protection and policies do not apply to pushes of plain git
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  ERROR the policy of release refuses /large.wasm: it has 6000 bytes; at most 1KB is allowed
  hint: wasmstore config get branch.release.policy shows the policy
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  config set branch.release.policy
  checked 3 modules, 1 other file, 10 objects, 3 commits, 4 references: no damage

From then on each has its own settings. What names files of a machine, or what another program wrote and no store knows, does not go along.

  $ git -C clone config wasmstore.branch.release.policy; git -C clone config wasmstore.branch.main.protected
  size=1KB imports=
  true
  $ wasmstore branch main --unprotect; wasmstore --root clone config list
  wasmstore.branch.main.protected	true
  wasmstore.branch.release.policy	size=1KB imports=
  wasmstore.branch.release/*.protected	changes
  $ wasmstore config set gc.grace 2h; wasmstore config set kv.web.url https://example.org; wasmstore config set author Zoe
  $ git -C ~/.wasmstore cat-file blob refs/wasmstore/settings
  {"wasmstore.branch.release.policy":"size=1KB imports=","wasmstore.branch.release/*.protected":"changes","wasmstore.gc.grace":"2h"}
  $ clone second; wasmstore --root second config list
  wasmstore.branch.release.policy	size=1KB imports=
  wasmstore.branch.release/*.protected	changes
  wasmstore.gc.grace	2h
  $ echo '{"wasmstore.server.authfile":"/etc/passwd","wasmstore.gc.grace":"soon","wasmstore.gc.keeplast":"3","core.sshcommand":"x"}' > hostile
  $ git -C second update-ref refs/wasmstore/settings $(git -C second hash-object -w ../hostile)
  $ wasmstore --root second config list
  wasmstore.gc.keeplast	3
  $ wasmstore --root second branch other; git -C second config --get-regexp 'wasmstore|ssh'
  wasmstore.gc.keeplast 3
  wasmstore.formatversion 2
  $ for key in gc.grace branch.release.policy branch.release/*.protected; do wasmstore config unset "$key"; done
  $ git -C ~/.wasmstore for-each-ref refs/wasmstore/settings

The record goes along: the operations before the setting, those after it, and changed settings. A fetch brings new ones.

  $ wasmstore config set mirror.operations yes
  ERROR invalid value 'yes' for wasmstore.mirror.operations: it must be true or false
  [1]
  $ wasmstore config set mirror.operations true
  $ wasmstore add 3.wasm c > /dev/null; wasmstore branch old; wasmstore branch old --delete
  $ wasmstore config set branch.main.policy size=1MB
  $ git -C ~/.wasmstore log --format='%s %T' refs/wasmstore/operations
  Operation record 4b825dc642cb6eb9a060e54bf8d69288fbee4904
  Operation record 4b825dc642cb6eb9a060e54bf8d69288fbee4904
  Operation record 4b825dc642cb6eb9a060e54bf8d69288fbee4904
  Operation record 4b825dc642cb6eb9a060e54bf8d69288fbee4904
  Operation record 4b825dc642cb6eb9a060e54bf8d69288fbee4904
  $ clone third; wasmstore --root third status | grep missing
  missing	update hook: protection and policies do not apply to pushes of plain git
  $ diff <(wasmstore undo --list) <(wasmstore --root third undo --list)
  $ diff <(wasmstore audit --moves) <(wasmstore --root third audit --moves)
  $ wasmstore remove c; git -C third fetch -q; diff <(wasmstore undo --list) <(wasmstore --root third undo --list)
  $ ls third/operations 2>/dev/null
  [2]
  $ wasmstore --root third undo; cmp -n $(stat -c %s ~/.wasmstore/operations) ~/.wasmstore/operations third/operations
  $ wasmstore --root third list c | cut -f 2
  /c
  $ push fourth; wasmstore --root fourth branch next; diff <(wasmstore undo --list | cut -f 2-) <(wasmstore --root fourth undo --list | tail -n +2 | cut -f 2-)
  $ wasmstore --root fourth fsck; git -C fourth fsck --full --strict --no-dangling
  checked 3 modules, 1 other file, 19 objects, 11 commits, 6 references: no damage

A record that was replaced is carried anew. A line that another program changed is passed over.

  $ wasmstore gc --keep-history --expire-now > /dev/null; git -C ~/.wasmstore log -1 --format=%b refs/wasmstore/operations | grep -c horizon
  1
  $ head -n 2 ~/.wasmstore/operations > lines; cp lines ~/.wasmstore/operations; wasmstore branch one
  $ git -C ~/.wasmstore log --format='%P %s' refs/wasmstore/operations
   Operation record
  $ git -C third update-ref -d refs/wasmstore/operations; git -C fourth update-ref refs/wasmstore/operations $(git -C fourth commit-tree -m 'Operation record' -m 'no line' $(git -C fourth hash-object -w -t tree /dev/null))
  $ git clone -q --mirror fourth fifth; wasmstore --root fifth undo --list

When the setting ends, so does the reference.

  $ wasmstore config set mirror.operations false; git -C ~/.wasmstore for-each-ref refs/wasmstore/operations
