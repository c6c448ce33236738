Branches are listed, made, renamed, protected and deleted.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore branch
  * main
  $ wasmstore branch test
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore branch test
  $ wasmstore branch
  * main
    test
  $ wasmstore branch --list
  main
  test
  $ wasmstore branch --json
  [
  {"current":true,"default":true,"head":"19c06be5a172531f0fb5a92c300332484da01396","name":"main","protected":false,"protection":"none"},
  {"current":false,"default":false,"head":"19c06be5a172531f0fb5a92c300332484da01396","name":"test","protected":false,"protection":"none"}
  ]
  $ wasmstore list --branch test
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/a.wasm

From another revision.

  $ wasmstore add b.wasm > /dev/null
  $ wasmstore branch old --from main~1
  $ wasmstore list --branch old | cut -f2
  /a.wasm
  $ wasmstore branch new --from nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore branch test
  ERROR branch test already exists
  hint: wasmstore branch lists the branches
  [1]

The star marks the branch in use.

  $ wasmstore branch --branch test
    main
    old
  * test

Another name.

  $ wasmstore branch --rename test trial
  $ wasmstore branch nope other --rename
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch trial old --rename
  ERROR branch old already exists
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch trial --rename
  ERROR --rename requires OLD and NEW
  [2]

Deleting: not the default branch, and not a protected one.

  $ wasmstore branch main --delete
  ERROR main is protected
  hint: it is the default branch; wasmstore branch NAME --default chooses another
  [3]
  $ wasmstore branch main --delete --force
  ERROR main is protected
  hint: it is the default branch; wasmstore branch NAME --default chooses another
  [3]
  $ wasmstore branch old --protect
  $ wasmstore branch old --delete
  ERROR old is protected
  hint: wasmstore branch old --unprotect removes the protection
  [3]
  $ wasmstore branch --json | grep old
  {"current":false,"default":false,"head":"19c06be5a172531f0fb5a92c300332484da01396","name":"old","protected":true,"protection":"moves"},
  $ wasmstore branch old --delete --force
  $ wasmstore branch trial --protect
  $ wasmstore branch trial --unprotect
  $ wasmstore branch trial --delete
  $ wasmstore branch trial --delete
  ERROR no branch trial
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore undo
  $ wasmstore branch
  * main
    trial

Settings go with a renamed branch, and away with a deleted one.

  $ wasmstore config set branch.trial.policy size=1KB
  $ wasmstore branch trial other --rename
  $ wasmstore config list
  wasmstore.branch.other.policy	size=1KB
  $ wasmstore undo
  $ wasmstore config list
  wasmstore.branch.trial.policy	size=1KB
  $ wasmstore branch trial --protect
  $ wasmstore branch trial --delete --force
  $ wasmstore config list
  $ wasmstore undo
  $ wasmstore branch --json | grep trial | grep -o '"protected":[a-z]*'
  "protected":false

The default branch.

  $ wasmstore branch trial --default
  $ wasmstore branch
    main
  * trial
  $ wasmstore branch main --delete
  $ wasmstore branch nope --default
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ git -C ~/.wasmstore symbolic-ref HEAD
  refs/heads/trial

Dry runs, and what -v and JSON say.

  $ wasmstore branch x --dry-run
  would make branch x
  $ wasmstore branch x --dry-run --json
  {"branch":"x","dry_run":true}
  $ wasmstore branch trial --rename y --dry-run
  would rename branch trial to y
  $ wasmstore branch --rename trial y --dry-run
  would rename branch trial to y
  $ wasmstore branch x -v
  made branch x
  $ wasmstore branch x --delete --dry-run
  would delete branch x
  $ wasmstore branch x --delete --json
  {"branch":"x","dry_run":false}
  $ wasmstore branch nope --protect --dry-run
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch nope --unprotect --dry-run
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch trial --protect --dry-run
  would protect branch trial
  $ wasmstore branch
  * trial

Of two names one cannot be a folder of the other. A dry run says the same.

  $ wasmstore branch trial/x
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore branch trial/x --dry-run
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore add a.wasm --branch trial/x
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore add a.wasm --branch trial/x --dry-run
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore branch y/z
  $ wasmstore branch y
  ERROR invalid name y: it conflicts with branch y/z
  [1]
  $ wasmstore branch y/z trial/x --rename
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore branch y/z trial/x --rename --dry-run
  ERROR invalid name trial/x: it conflicts with branch trial
  [1]
  $ wasmstore branch --list
  trial
  y/z
  $ wasmstore branch y/z y --rename
  $ wasmstore branch y y/x --rename
  $ wasmstore branch --list
  trial
  y/x
  $ wasmstore undo
  $ wasmstore branch y --delete
  $ wasmstore branch y/x
  $ wasmstore undo 1
  ERROR invalid name y: it conflicts with branch y/x
  [1]
  $ wasmstore branch y/x --delete

Names that git or the revision syntax would misread.

  $ wasmstore branch 'a b'
  ERROR invalid name a b: it has a character that revisions use as syntax
  [1]
  $ wasmstore branch $(printf '%040d' 1)
  ERROR invalid name 0000000000000000000000000000000000000001: it looks like a commit id
  [1]
  $ wasmstore branch 'a@{1}'
  ERROR invalid name a@{1}: it has a character that revisions use as syntax
  [1]
  $ wasmstore branch $(printf 'b%.0s' $(seq 251)) 2>&1 | sed 's/b\{251\}/NAME/'
  ERROR invalid name NAME: a segment is longer than 250 bytes
  $ wasmstore branch $(printf 'b%.0s' $(seq 250)) --dry-run | sed 's/b\{250\}/NAME/'
  would make branch NAME
  $ wasmstore branch a~1
  ERROR invalid name a~1: it has a character that revisions use as syntax
  [1]
  $ wasmstore branch a..b
  ERROR invalid name a..b: git does not allow this name
  [1]
  $ wasmstore branch ''
  ERROR invalid name '': it is empty
  [1]
  $ wasmstore branch HEAD
  ERROR invalid name HEAD: git reserves it
  [1]

What git allows is a name, and goes before an abbreviation of a commit.

  $ wasmstore branch renovate/@types/node-20.x
  $ wasmstore branch 1234
  $ wasmstore add a.wasm bot.wasm --branch renovate/@types/node-20.x > /dev/null
  $ wasmstore log -n 1 --oneline 'renovate/@types/node-20.x' | cut -d' ' -f2-
  Import /bot.wasm
  $ test $(wasmstore log --oneline 'renovate/@types/node-20.x~1' | head -1 | cut -c1-40) = $(git -C ~/.wasmstore rev-parse 1234)
  $ test $(wasmstore hash renovate/@types/node-20.x:bot.wasm) = $(sha256sum < a.wasm | cut -c1-64)
  $ wasmstore list --rev 'renovate/@types/node-20.x@{0}' | cut -f2 | tail -1
  /bot.wasm
  $ abbreviation=$(git -C ~/.wasmstore rev-parse --short=8 'renovate/@types/node-20.x')
  $ wasmstore branch $abbreviation
  $ test $(wasmstore log --oneline $abbreviation | head -1 | cut -c1-40) = $(git -C ~/.wasmstore rev-parse refs/heads/$abbreviation 2>/dev/null)
  $ for name in renovate/@types/node-20.x 1234 $abbreviation; do wasmstore branch $name --delete; done

Words that do not fit together.

  $ wasmstore branch a b
  ERROR branch takes one NAME
  [2]
  $ wasmstore branch --list a
  trial
  $ wasmstore branch a --delete --protect
  ERROR --delete, --list, --rename, --protect, --unprotect and --default cannot be used together
  [2]
  $ wasmstore branch a --delete --from main
  ERROR --from can be used only for a new branch
  [2]
  $ wasmstore branch a --force
  ERROR --force requires --delete
  [2]

A branch that plain git made another name of one is not written through.

  $ git -C ~/.wasmstore symbolic-ref refs/heads/alias refs/heads/main
  $ wasmstore add --branch alias a.wasm
  ERROR branch alias is a symbolic reference to refs/heads/main
  hint: --branch main selects that branch
  [3]
  $ wasmstore add --branch alias --dry-run a.wasm
  ERROR branch alias is a symbolic reference to refs/heads/main
  hint: --branch main selects that branch
  [3]
  $ git -C ~/.wasmstore symbolic-ref -d refs/heads/alias
