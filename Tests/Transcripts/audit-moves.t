Who did what: commits by author, date and first parents.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ at() { SOURCE_DATE_EPOCH=$((1767225600 + $1 * 86400)) "${@:2}"; }
  $ at 0 wasmstore add 1.wasm a --author 'Ann Smith <ann@example.com>' > /dev/null
  $ wasmstore branch dev
  $ at 1 wasmstore add 2.wasm b --branch dev --author 'Bob <bob@example.com>' > /dev/null
  $ at 2 wasmstore add 3.wasm a --branch dev --author 'Joanna <jo@ann.example>' > /dev/null
  $ at 3 wasmstore merge dev --no-ff -m 'PROMOTE 42' --author 'Rel <rel@example.com>'
  $ at 4 wasmstore remove b --author Bob
  $ wasmstore audit | cut -f1,2
  Mon Jan  5 00:00:00 2026	Bob
  Sun Jan  4 00:00:00 2026	Rel
  Sat Jan  3 00:00:00 2026	Joanna
  Fri Jan  2 00:00:00 2026	Bob
  Thu Jan  1 00:00:00 2026	Ann Smith
  $ wasmstore audit --author Ann | cut -f1,2
  Thu Jan  1 00:00:00 2026	Ann Smith
  $ wasmstore audit --author @example.com | cut -f2
  Rel
  Bob
  Ann Smith
  $ wasmstore audit --author ann@ --json
  [
  {"author":"Ann Smith","commit":"116d0705c07860c9a6460115fbe8b5085673f433","date":1767225600,"mail":"ann@example.com","message":"Import /a","time":"2026-01-01T00:00:00Z"}
  ]
  $ wasmstore audit a --first-parent | cut -f2
  Rel
  Ann Smith
  $ wasmstore audit a | cut -f2
  Joanna
  Ann Smith
  $ wasmstore audit --since 2026-01-02 --until 2026-01-03T12:00 | cut -f2
  Joanna
  Bob
  $ wasmstore audit b --author Nobody
  $ wasmstore audit nope --author Bob
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore log --author Bob --oneline
  f8ed8d8f1e28a3d5e1b12c60beae21b52a2a8b0d Remove /b
  e9f119e9920fd12dfb2b493b139845b991382364 Import /b
  $ wasmstore log --author '<bob' -n 1 --json
  {"author":"Bob","date":1767312000,"hash":"e9f119e9920fd12dfb2b493b139845b991382364","mail":"bob@example.com","message":"Import /b","parents":["116d0705c07860c9a6460115fbe8b5085673f433"],"refs":[],"time":"2026-01-02T00:00:00Z"}
  $ wasmstore log --first-parent --until 2026-01-04 --oneline
  f29de1d8fbda1f6d7ada562706927587d0643295 PROMOTE 42
  116d0705c07860c9a6460115fbe8b5085673f433 Import /a
  $ wasmstore log a --first-parent --oneline
  f29de1d8fbda1f6d7ada562706927587d0643295 PROMOTE 42
  116d0705c07860c9a6460115fbe8b5085673f433 Import /a
  $ wasmstore --author Rel log --oneline
  f29de1d8fbda1f6d7ada562706927587d0643295 PROMOTE 42
  $ wasmstore log --author Bob --graph
  ERROR --graph cannot be used with --reverse, --author, --since, --until or a PATH
  [2]
  $ WASMSTORE_AUTHOR=Bob wasmstore log --oneline | wc -l
  5
  $ wasmstore commit main --json
  {"author":"Bob","changes":[{"action":"removed","new":null,"new_size":null,"old":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","old_size":64,"path":"/b"}],"date":1767571200,"hash":"f8ed8d8f1e28a3d5e1b12c60beae21b52a2a8b0d","mail":"wasmstore@localhost","message":"Remove /b","parents":["f29de1d8fbda1f6d7ada562706927587d0643295"],"time":"2026-01-05T00:00:00Z"}
  $ git -C ~/.wasmstore log --first-parent --author=Bob --format=%s main
  Remove /b

Who moved the branch, and how. The dates are those of the moves.

  $ moves() { wasmstore audit --moves "$@" | sed 's/[0-9a-f]\{64\}/HASH/g; s/\([0-9a-f]\{7\}\)[0-9a-f]\{33\}/\1/g; s/^[A-Z][^\t]*/DATE/'; }
  $ moves
  DATE	Bob	f29de1d → f8ed8d8	remove b
  DATE	Rel	116d070 → f29de1d	merge dev
  DATE	Ann Smith	none → 116d070	add /a
  $ moves b
  DATE	Bob	f29de1d → f8ed8d8	remove b	HASH → none
  DATE	Rel	116d070 → f29de1d	merge dev	none → HASH
  $ moves --author Rel
  DATE	Rel	116d070 → f29de1d	merge dev
  $ moves -n 1
  DATE	Bob	f29de1d → f8ed8d8	remove b
  $ moves --until 2026-01-01
  $ moves --branch dev
  DATE	Joanna	e9f119e → 7b0b61d	add /a
  DATE	Bob	116d070 → e9f119e	add /b
  DATE	wasmstore	none → 116d070	branch dev
  $ wasmstore tag good
  $ wasmstore restore main~1
  $ wasmstore undo
  $ wasmstore rollback --to good~1 --author 'Rel <rel@example.com>'
  $ git clone -q ~/.wasmstore clone
  $ git -C clone -c user.name=Pat -c user.email=pat@example.com commit -q --allow-empty -m pushed
  $ GIT_COMMITTER_NAME=Pat GIT_COMMITTER_EMAIL=pat@example.com git -C clone push -q origin HEAD:main
  $ moves -n 4
  DATE	Pat	b664159 → a4787e1	git: push
  DATE	Rel	f8ed8d8 → b664159	rollback --to f29de1d
  DATE	wasmstore	f29de1d → f8ed8d8	undo * (glob)
  DATE	wasmstore	f8ed8d8 → f29de1d	restore f29de1d
  $ moves a -n 1
  DATE	Rel	116d070 → f29de1d	merge dev	HASH → HASH
  $ wasmstore audit b --moves -n 1 --json | sed 's/[0-9a-f]\{64\}/HASH/g; s/[0-9a-f]\{40\}/ID/g; s/"date":[0-9]*/"date":N/; s/"time":"[^"]*"/"time":"T"/'
  [
  {"after":"ID","author":"Rel","before":"ID","by":"wasmstore","command":"rollback --to ID","date":N,"mail":"rel@example.com","new":"HASH","old":null,"path":"/b","time":"T"}
  ]
  $ wasmstore audit --moves --first-parent
  ERROR --moves and --first-parent cannot be used together
  [2]
  $ wasmstore audit --moves --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ git init -q --bare -b main empty
  $ wasmstore audit --moves --root empty
