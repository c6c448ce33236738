What a branch takes is a setting, which is checked when it is made.

  $ make-wasm plain.wasm
  $ make-wasm large.wasm 6000
  $ make-component component.wasm
  $ printf '\0asm\1\0\0\0\1\4\1\140\0\0\2\13\1\3env\3log\0\0' > env.wasm
  $ printf '\0asm\1\0\0\0\1\4\1\140\0\0\2\43\1\26wasi_snapshot_preview1\10fd_write\0\0' > wasi.wasm
  $ printf '\0asm\1\0\0\0\5\4\1\3\0\0' > threads.wasm
  $ wasmstore config set branch.main.policy 'features=wasm2,simd size=5KB imports=wasi_snapshot_preview1.*'
  $ wasmstore config get branch.main.policy
  features=wasm2,simd size=5KB imports=wasi_snapshot_preview1.*
  $ for policy in '' 'size' 'size=big' 'size=1 size=2' 'features=smid' 'profile=moon' 'color=red' 'size='; do
  >   wasmstore config set branch.main.policy "$policy"
  > done
  ERROR invalid value '' for wasmstore.branch.main.policy: it has no rule; the rules are features=, size=, imports= and profile=
  ERROR invalid value 'size' for wasmstore.branch.main.policy: 'size' is not a rule; the rules are features=, size=, imports= and profile=
  ERROR invalid value 'size=big' for wasmstore.branch.main.policy: 'big' is not a size such as 5MB or 64KiB
  ERROR invalid value 'size=1 size=2' for wasmstore.branch.main.policy: size= is there twice
  ERROR invalid value 'features=smid' for wasmstore.branch.main.policy: there is no feature 'smid'
  ERROR invalid value 'profile=moon' for wasmstore.branch.main.policy: there is no profile 'moon'; the profiles are browser, wasip1, wasip2, wasm3, wasm2, wasm1, mvp
  ERROR invalid value 'color=red' for wasmstore.branch.main.policy: there is no rule 'color='; the rules are features=, size=, imports= and profile=
  ERROR invalid value 'size=' for wasmstore.branch.main.policy: size= has no value
  [1]

It names the path, the rule and the fact, and nothing is changed. A dry run says the same.

  $ wasmstore add plain.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore add wasi.wasm
  6f95d25f85f87f30477e22f34edf51326c81999475f969301fb941d423a17de1
  $ before=$(wasmstore snapshot)
  $ wasmstore add env.wasm a.wasm
  ERROR the policy of main refuses /a.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add env.wasm a.wasm --dry-run
  ERROR the policy of main refuses /a.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ cat env.wasm | wasmstore add - a.wasm
  ERROR the policy of main refuses /a.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add large.wasm
  ERROR the policy of main refuses /large.wasm: it has 6000 bytes; at most 5KB is allowed
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add threads.wasm --json
  {"error":{"code":"refused","hint":"wasmstore config get branch.main.policy shows the policy","message":"the policy of main refuses /threads.wasm: it uses threads; allowed: wasm2,simd","violations":[{"path":"/threads.wasm","reason":"it uses threads; allowed: wasm2,simd","rule":"features","setting":"wasmstore.branch.main.policy"}]}}
  [3]
  $ mkdir build
  $ cp plain.wasm env.wasm large.wasm build
  $ wasmstore add -r build --to build
  ERROR the policy of main refuses 2 modules; the first is /build/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  refused	/build/env.wasm	imports	it imports env.log; allowed: wasi_snapshot_preview1.*
  refused	/build/large.wasm	size	it has 6000 bytes; at most 5KB is allowed
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ test $(wasmstore snapshot) = $before
  $ wasmstore list | cut -f 2
  /plain.wasm
  /wasi.wasm
  $ wasmstore undo --list | wc -l
  3

Other branches go by their own policies, and what comes from there is held against this one's.

  $ wasmstore branch dev
  $ wasmstore add --branch dev env.wasm lib/env.wasm
  a6d07db56e42b14fc4ac98a2b5c6955b2830b51a4c9964b0c9cec9313f18c574
  $ wasmstore merge dev
  ERROR the policy of main refuses /lib/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore merge dev --dry-run
  ERROR the policy of main refuses /lib/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore set $(wasmstore hash --branch dev lib/env.wasm) env.wasm
  ERROR the policy of main refuses /env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore restore dev lib
  ERROR the policy of main refuses /lib/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore restore dev lib --dry-run
  ERROR the policy of main refuses /lib/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add plain.wasm other.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore merge dev
  ERROR the policy of main refuses /lib/env.wasm: it imports env.log; allowed: wasi_snapshot_preview1.*
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore list | cut -f 2
  /other.wasm
  /plain.wasm
  /wasi.wasm
  $ wasmstore remove other.wasm
  $ wasmstore set $(wasmstore hash wasi.wasm) copy.wasm

What is on the branch already stays, and may be touched by nothing that brings it anew.

  $ wasmstore config set branch.main.policy 'imports='
  $ wasmstore add wasi.wasm
  6f95d25f85f87f30477e22f34edf51326c81999475f969301fb941d423a17de1
  $ wasmstore add wasi.wasm third.wasm
  ERROR the policy of main refuses /third.wasm: it imports wasi_snapshot_preview1.fd_write; allowed: none
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore remove copy.wasm

What the branch once held comes back whatever the policy says: rollback, undo, and the branch moved as a whole.

  $ wasmstore rollback copy.wasm
  $ wasmstore undo
  $ wasmstore rollback
  $ wasmstore restore main~1
  $ wasmstore restore main~1 copy.wasm
  ERROR the policy of main refuses /copy.wasm: it imports wasi_snapshot_preview1.fd_write; allowed: none
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore branch next --from dev

Profiles of hosts; components; what is invalid.

  $ wasmstore config set branch.main.policy 'profile=wasip1'
  $ wasmstore add env.wasm
  ERROR the policy of main refuses /env.wasm: profile wasip1: import env.log: the host does not offer it
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add component.wasm
  ERROR the policy of main refuses /component.wasm: profile wasip1: is a component; the host runs only core modules
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore add plain.wasm on-wasi.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore config set branch.main.policy 'features=wasm3'
  $ wasmstore add component.wasm
  ERROR the policy of main refuses /component.wasm: it uses component-model; allowed: wasm3
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ head -c 12 plain.wasm > cut.wasm
  $ wasmstore add cut.wasm --no-validate
  ERROR the policy of main refuses /cut.wasm: it is invalid, so it cannot be checked: unexpected end-of-file
  hint: wasmstore config get branch.main.policy shows the policy
  [3]
  $ wasmstore config set branch.main.policy 'size=10B'
  $ wasmstore add cut.wasm --no-validate 2>&1 | head -n 1
  ERROR the policy of main refuses /cut.wasm: it has 12 bytes; at most 10B is allowed
  $ wasmstore config set branch.main.policy 'size=12B'
  $ wasmstore add cut.wasm --no-validate -q
  de36c6e2cf97f615b83768c56d345786e4fa46fe9bdf7bd2b95b0b091b6675ba
  $ git config --file ~/.wasmstore/config wasmstore.branch.main.policy nonsense
  $ wasmstore add plain.wasm new.wasm
  ERROR invalid value 'nonsense' for wasmstore.branch.main.policy: 'nonsense' is not a rule; the rules are features=, size=, imports= and profile=
  [1]
  $ wasmstore config unset branch.main.policy
  $ wasmstore add env.wasm new.wasm
  a6d07db56e42b14fc4ac98a2b5c6955b2830b51a4c9964b0c9cec9313f18c574

A branch that is to come can have a policy too, and what plain git brings is no module for it.

  $ wasmstore config set 'branch.stric?.policy' 'size=100'
  $ wasmstore add --branch strict large.wasm
  ERROR the policy of strict refuses /large.wasm: it has 6000 bytes; at most 100 is allowed
  hint: wasmstore config get 'branch.stric?.policy' shows the policy
  [3]
  $ wasmstore branch --list
  dev
  main
  next
  $ git clone -q -b dev ~/.wasmstore clone
  $ head -c 200 /dev/zero > clone/zeros
  $ git -C clone add . && git -C clone -c user.name=x -c user.email=x@y commit -q -m zeros && git -C clone push -q
  $ wasmstore config set branch.dev.policy 'size=100'
  $ wasmstore branch from-dev --from dev
  $ wasmstore config set branch.next.policy 'size=100'
  $ wasmstore merge dev --branch next
