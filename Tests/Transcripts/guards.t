Protection in two degrees. Against changes: only merge, rollback and undo.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore branch dev
  $ wasmstore add 2.wasm b --branch dev > /dev/null
  $ wasmstore branch main --protect=changes
  $ wasmstore config get branch.main.protected
  changes
  $ wasmstore branch --json | sed 's/[0-9a-f]\{40\}/ID/'
  [
  {"current":false,"default":false,"head":"ID","name":"dev","protected":false,"protection":"none"},
  {"current":true,"default":true,"head":"ID","name":"main","protected":true,"protection":"changes"}
  ]
  $ wasmstore add 3.wasm c
  ERROR main is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore add 3.wasm c --dry-run
  ERROR main is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore set $(wasmstore hash a) d
  ERROR main is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore remove a
  ERROR main is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore restore dev b
  ERROR main is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore restore dev
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore merge dev --no-ff
  $ wasmstore rollback
  $ wasmstore rollback --to dev
  $ wasmstore rollback b
  $ wasmstore undo
  $ wasmstore list | cut -f2
  /a
  /b
  $ wasmstore branch other --from main
  $ wasmstore branch other --default
  $ wasmstore branch main --delete
  ERROR main is protected
  hint: wasmstore branch main --unprotect removes the protection
  [3]
  $ wasmstore branch main --default; wasmstore branch other --delete
  $ wasmstore branch main --protect=everything
  ERROR option '--protect' takes no value
  [2]
  $ wasmstore branch main --protect --protect=changes
  ERROR --delete, --list, --rename, --protect, --unprotect and --default cannot be used together
  [2]

Changes of protection and policy are operations: who, when, and a way back.

  $ wasmstore branch main --unprotect --author 'Rel <rel@example.com>'
  $ wasmstore config set branch.main.policy 'size=1MB'
  $ wasmstore undo --list | head -n 2 | cut -f 1,3-
  0	config set branch.main.policy	branch.main.policy  none → size=1MB
  1	branch --unprotect main	branch.main.protected  changes → none
  $ wasmstore undo --list --json | sed -n 3p | sed 's/"date":[0-9]*/"date":N/; s/"id":"[^"]*"/"id":ID/; s/"time":"[^"]*"/"time":"T"/'
  {"author":"Rel","command":"branch --unprotect main","date":N,"id":ID,"index":1,"mail":"rel@example.com","references":[],"settings":[{"after":null,"before":"changes","key":"wasmstore.branch.main.protected"}],"time":"T","undoes":null},
  $ wasmstore config set branch.main.policy 'size=1MB'
  $ wasmstore undo 1 --dry-run
  would undo branch --unprotect main
  $ wasmstore undo 1
  $ wasmstore config get branch.main.protected
  changes
  $ wasmstore undo
  $ wasmstore config get branch.main.policy
  ERROR setting branch.main.policy is not set
  [1]
  $ wasmstore config set branch.main.policy 'size=2MB'
  $ git config --file ~/.wasmstore/config wasmstore.branch.main.policy size=3MB
  $ wasmstore undo 2>&1 | sed 's/[0-9a-f]\{12\}/OP/'
  ERROR cannot undo OP: wasmstore.branch.main.policy has changed since then
  hint: wasmstore undo --list shows the later operations
  $ wasmstore config unset branch.main.policy
  $ tail -n 2 ~/.wasmstore/operations | head -n 1 | sed 's/.*"author/"author/'
  "author":"wasmstore","mail":"wasmstore@localhost","refs":{},"settings":{"wasmstore.branch.main.policy":{"before":"size=3MB","after":null}}}

Settings for patterns of names count for branches that are to come. A name that no branch has is refused.

  $ wasmstore config set branch.mian.policy 'size=1MB'
  ERROR no branch mian
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore config set branch.mian.protected true
  ERROR no branch mian
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore config set 'branch.release/*.policy' 'size=100 imports='
  $ wasmstore config set 'branch.release/*.protected' changes
  $ wasmstore config set 'branch.*.policy' 'features=mvp'
  $ wasmstore branch release/1
  $ wasmstore add 3.wasm c --branch release/1
  ERROR release/1 is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch release/1 --unprotect removes the protection
  [3]
  $ wasmstore add 3.wasm c --branch release/2
  ERROR release/2 is protected against changes
  hint: merge, rollback and undo can change it; wasmstore branch release/2 --unprotect removes the protection
  [3]
  $ wasmstore branch release/1 --unprotect
  warning: release/1 is still protected by a setting for a pattern of names
  $ wasmstore branch release/1 --delete
  ERROR release/1 is protected
  hint: wasmstore branch release/1 --unprotect removes the protection
  [3]

All that does not meet a policy is told at once, with path and rule.

  $ make-wasm large.wasm 6000
  $ printf '\0asm\1\0\0\0\1\4\1\140\0\0\2\13\1\3env\3log\0\0' > env.wasm
  $ printf '\0asm\1\0\0\0\5\4\1\3\0\0' > threads.wasm
  $ mkdir build; cp large.wasm env.wasm threads.wasm 1.wasm build
  $ wasmstore add -r build --branch dev
  ERROR the policy of dev refuses /threads.wasm: it uses threads; allowed: mvp
  hint: wasmstore config get 'branch.*.policy' shows the policy
  [3]
  $ wasmstore config unset 'branch.*.policy'
  $ wasmstore add -r build --branch dev > /dev/null
  4 added
  $ wasmstore config set 'branch.release/*.policy' 'size=100 imports= features=mvp'
  $ wasmstore merge dev --branch release/1
  ERROR the policy of release/1 refuses 3 modules; the first is /env.wasm: it imports env.log; allowed: none
  refused	/env.wasm	imports	it imports env.log; allowed: none
  refused	/large.wasm	size	it has 6000 bytes; at most 100 is allowed
  refused	/threads.wasm	features	it uses threads; allowed: mvp
  hint: wasmstore config get 'branch.release/*.policy' shows the policy
  [3]
  $ wasmstore merge dev --branch release/1 --json
  {"error":{"code":"refused","hint":"wasmstore config get 'branch.release/*.policy' shows the policy","message":"the policy of release/1 refuses 3 modules; the first is /env.wasm: it imports env.log; allowed: none","violations":[{"path":"/env.wasm","reason":"it imports env.log; allowed: none","rule":"imports","setting":"wasmstore.branch.release/*.policy"},{"path":"/large.wasm","reason":"it has 6000 bytes; at most 100 is allowed","rule":"size","setting":"wasmstore.branch.release/*.policy"},{"path":"/threads.wasm","reason":"it uses threads; allowed: mvp","rule":"features","setting":"wasmstore.branch.release/*.policy"}]}}
  [3]
  $ wasmstore policy check
  $ wasmstore policy check release/1
  $ wasmstore config set branch.dev.policy 'size=100 imports='
  $ wasmstore policy check dev
  /env.wasm	imports	it imports env.log; allowed: none
  /large.wasm	size	it has 6000 bytes; at most 100 is allowed
  ERROR 2 modules violate the policy of dev
  [5]
  $ wasmstore policy check dev --json
  [
  {"path":"/env.wasm","reason":"it imports env.log; allowed: none","rule":"imports","setting":"wasmstore.branch.dev.policy"},
  {"path":"/large.wasm","reason":"it has 6000 bytes; at most 100 is allowed","rule":"size","setting":"wasmstore.branch.dev.policy"}
  ]
  {"error":{"code":"policy_violated","message":"2 modules violate the policy of dev"}}
  [5]
  $ wasmstore policy check nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore policy
  ERROR missing expected argument '<action>'
  hint: usage: wasmstore policy check [BRANCH]
  [2]
