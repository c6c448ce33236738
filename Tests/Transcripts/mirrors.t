A mirror by plain git has all branches, tags and what undo needs; settings and the record are files, which go along by hand.

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
  $ settings() { wasmstore config list | while IFS=$'\t' read -r key value; do wasmstore --root $1 config set "$key" "$value"; done; }
  $ for way in clone push; do
  >   $way $way
  >   wasmstore --root $way config list
  >   cp ~/.wasmstore/operations $way
  >   settings $way
  >   wasmstore --root $way hooks install
  >   diff <(wasmstore config list) <(wasmstore --root $way config list)
  >   diff <(git -C ~/.wasmstore for-each-ref) <(git -C $way for-each-ref)
  >   diff <(wasmstore audit --moves --branch main) <(wasmstore --root $way audit --moves --branch main)
  >   wasmstore --root $way restore v1 --branch main
  >   make-wasm large.wasm 6000; wasmstore --root $way add large.wasm
  >   wasmstore --root $way undo --list | sed -n 4p | cut -f 3
  >   wasmstore --root $way fsck
  > done
  ERROR main is protected
  hint: wasmstore branch main --unprotect takes the protection away
  ERROR policy of release refuses /large.wasm: it has 6000 bytes, allowed: 1KB
  hint: wasmstore config get branch.release.policy shows the policy
  config set branch.release/*.protected
  checked 2 modules, 6 objects, 2 commits, 3 references: no damage
  ERROR main is protected
  hint: wasmstore branch main --unprotect takes the protection away
  ERROR policy of release refuses /large.wasm: it has 6000 bytes, allowed: 1KB
  hint: wasmstore config get branch.release.policy shows the policy
  config set branch.release/*.protected
  checked 2 modules, 6 objects, 2 commits, 3 references: no damage
