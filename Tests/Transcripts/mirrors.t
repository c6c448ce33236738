A mirror by plain git has all branches, tags, what undo needs, and the settings that guard branches. The record is a file, which
goes along by hand.

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
  missing	operation record: undo and BRANCH@{DATE} know nothing from before
  missing	update hook: pushes of plain git are not held against the guards of branches
  ERROR main is protected
  hint: wasmstore branch main --unprotect takes the protection away
  ERROR policy of release refuses /large.wasm: it has 6000 bytes, allowed: 1KB
  hint: wasmstore config get branch.release.policy shows the policy
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  config set branch.release.policy
  checked 3 modules, 1 other file, 10 objects, 3 commits, 4 references: no damage
  missing	operation record: undo and BRANCH@{DATE} know nothing from before
  missing	update hook: pushes of plain git are not held against the guards of branches
  ERROR main is protected
  hint: wasmstore branch main --unprotect takes the protection away
  ERROR policy of release refuses /large.wasm: it has 6000 bytes, allowed: 1KB
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
