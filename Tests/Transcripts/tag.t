Tags name commits and stay.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore tag v0
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore tag
  $ wasmstore tag v1
  $ wasmstore add b.wasm > /dev/null
  $ wasmstore tag v2 -m 'The second'
  $ wasmstore tag before main~1
  $ wasmstore tag
  before	19c06be5a172531f0fb5a92c300332484da01396	*	wasmstore	- (glob)
  v1	19c06be5a172531f0fb5a92c300332484da01396	*	wasmstore	- (glob)
  v2	9f2f3d35061c73a019b9ab569481ac8f10aff3c9	2026-01-01T00:00:00Z	wasmstore	The second
  $ wasmstore tag --json
  [
  {"author":"wasmstore","commit":"19c06be5a172531f0fb5a92c300332484da01396","date":*,"mail":"wasmstore@localhost","message":null,"name":"before","time":"*"}, (glob)
  {"author":"wasmstore","commit":"19c06be5a172531f0fb5a92c300332484da01396","date":*,"mail":"wasmstore@localhost","message":null,"name":"v1","time":"*"}, (glob)
  {"author":"wasmstore","commit":"9f2f3d35061c73a019b9ab569481ac8f10aff3c9","date":1767225600,"mail":"wasmstore@localhost","message":"The second\n","name":"v2","time":"2026-01-01T00:00:00Z"}
  ]
  $ wasmstore list --rev v1 | cut -f2
  /a.wasm
  $ git -C ~/.wasmstore for-each-ref --format='%(refname) %(objecttype)' refs/tags
  refs/tags/before commit
  refs/tags/v1 commit
  refs/tags/v2 tag

  $ wasmstore tag v1
  ERROR tag v1 already exists
  hint: wasmstore tag lists the tags
  [1]
  $ wasmstore tag v3 nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore tag v3 --dry-run
  would make tag v3
  $ wasmstore tag 'v 3'
  ERROR invalid name v 3: it has a character that revisions use as syntax
  [1]
  $ wasmstore tag v1 --delete --dry-run
  would delete tag v1
  $ wasmstore tag v1 --delete
  $ wasmstore tag v1 --delete
  ERROR no tag v1
  hint: wasmstore tag lists the tags
  [1]
  $ wasmstore tag --delete
  ERROR --delete requires the name of a tag
  [2]
  $ wasmstore tag v2 main --delete
  ERROR --delete can be used only with one tag
  [2]
  $ wasmstore undo
  $ wasmstore tag
  before	19c06be5a172531f0fb5a92c300332484da01396	*	wasmstore	- (glob)
  v1	19c06be5a172531f0fb5a92c300332484da01396	*	wasmstore	- (glob)
  v2	9f2f3d35061c73a019b9ab569481ac8f10aff3c9	2026-01-01T00:00:00Z	wasmstore	The second
  $ wasmstore tag v4 -v
  made tag v4
  $ wasmstore tag v5 --json
  {"dry_run":false,"tag":"v5"}

A number is a name.

  $ wasmstore tag 20261130 before
  $ wasmstore log 20261130 --oneline | cut -c1-40
  19c06be5a172531f0fb5a92c300332484da01396
  $ wasmstore tag 20261130 --delete

Of two names one cannot be a folder of the other.

  $ wasmstore tag v1/x
  ERROR invalid name v1/x: it conflicts with tag v1
  [1]
  $ wasmstore tag v1/x --dry-run
  ERROR invalid name v1/x: it conflicts with tag v1
  [1]
  $ wasmstore tag w/x
  $ wasmstore tag w
  ERROR invalid name w: it conflicts with tag w/x
  [1]
