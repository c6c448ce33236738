A branch is merged into the one in use, path by path; silently.

  $ for n in 1 2 3 4 5; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore add 2.wasm b > /dev/null
  $ wasmstore branch dev
  $ wasmstore merge dev -v
  main already has all commits of dev: nothing changed
  $ wasmstore merge dev --json
  {"branch":"main","changes":[],"commit":null,"dry_run":false,"rolled_back":null}
  $ wasmstore merge dev --dry-run --json
  {"branch":"main","changes":[],"commit":null,"dry_run":true,"rolled_back":null}
  $ wasmstore add 3.wasm c --branch dev > /dev/null

Nothing happened here meanwhile: the branch moves forward. Else there is a commit with two parents.

  $ wasmstore merge dev --dry-run
  would move main forward to dev: 1 added
  would add	/c	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore merge dev
  $ wasmstore log --oneline -n 1
  e0745afb745e3fb8ae138f260711f2c642fd60e3 Import /c
  $ wasmstore add 4.wasm d > /dev/null
  $ wasmstore remove b --branch dev
  $ wasmstore merge dev --ff-only
  ERROR main cannot be fast-forwarded to dev: it has commits of its own
  hint: leave out --ff-only to merge dev
  [4]
  $ wasmstore merge dev --dry-run
  would merge dev into main: 1 removed
  would remove	/b	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore merge dev
  $ wasmstore log --oneline --graph
  * a3aeed30fb468ef6311ddd916abf1e99959a52aa Merge dev
  |\
  * | 353dda81d3c9e262311d2f165c2a3b1458655ac2 Import /d
  | * dbf4752ecdbe111ed5969a73054105757303986f Remove /b
  |/
  * e0745afb745e3fb8ae138f260711f2c642fd60e3 Import /c
  * 257c52e78c0f1f88493e1065beeda3de9d6ce097 Import /b
  * e79e659c615607d7b9987df1d427585ce720137a Import /a
  $ wasmstore list | cut -f2
  /a
  /c
  /d

Both sides changed a path: nothing is changed, the paths are listed, the exit status is 4.

  $ wasmstore add 4.wasm a > /dev/null
  $ wasmstore add 5.wasm a --branch dev > /dev/null
  $ wasmstore add 5.wasm e > /dev/null
  $ wasmstore add 1.wasm e --branch dev > /dev/null
  $ wasmstore snapshot > before
  $ wasmstore merge dev
  ERROR merge of dev into main: 2 conflicts
  conflict	/a	base 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	main ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d	dev 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b
  conflict	/e	base none	main 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b	dev 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  hint: use --ours, --theirs, or --pick /a=theirs
  [4]
  $ wasmstore merge dev --dry-run
  ERROR merge of dev into main: 2 conflicts
  conflict	/a	base 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	main ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d	dev 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b
  conflict	/e	base none	main 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b	dev 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  hint: use --ours, --theirs, or --pick /a=theirs
  [4]
  $ wasmstore merge dev --json
  {"error":{"code":"conflict","conflicts":[{"base":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","ours":"ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d","path":"/a","theirs":"8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b"},{"base":null,"ours":"8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b","path":"/e","theirs":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}],"hint":"use --ours, --theirs, or --pick /a=theirs","message":"merge of dev into main: 2 conflicts"}}
  [4]
  $ wasmstore snapshot | cmp - before

On a terminal the ids are short, and a hint says what to do.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore merge dev'
  ERROR merge of dev into main: 2 conflicts
  conflict  base 516f78ff  main ba7a7a18  dev 8de3fb4c  /a
  conflict  base none      main 8de3fb4c  dev 516f78ff  /e
  hint: use --ours, --theirs, or --pick /a=theirs
  [4]

A side is chosen for a path, or for all.

  $ wasmstore merge dev --pick /a=theirs
  ERROR merge of dev into main: 1 conflict
  conflict	/e	base none	main 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b	dev 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  hint: use --ours, --theirs, or --pick /e=theirs
  [4]
  $ wasmstore merge dev --pick /a=theirs --pick e=ours --dry-run
  would merge dev into main: 1 updated
  would update	/a	ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d → 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b	0
  $ wasmstore merge dev --pick /a=theirs --ours --json
  {"branch":"main","changes":[{"action":"updated","new":"8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b","new_size":64,"old":"ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d","old_size":64,"path":"/a"}],"commit":"f0a0ba8ae774a941cbe25fd6480298902fcc5b3b","dry_run":false,"rolled_back":null}
  $ wasmstore undo
  $ wasmstore merge dev --theirs -m 'Take theirs' -v
  merged dev into main: 2 updated (/a, /e); commit d936a51
  $ wasmstore log -n 1 --oneline --stat
  d936a517e1ce5422e074166becc3d30057f632f2 Take theirs
  updated	/a	ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d → 8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b	0
  updated	/e	8de3fb4cbf91a34a2adbb338016e464069d4004ac3c3a9a491835daf456b7a3b → 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	0

  $ wasmstore undo
  $ wasmstore merge dev --pick /zzz=ours
  ERROR --pick /zzz: this path has no conflict
  [1]
  $ wasmstore merge dev --pick a=mine
  ERROR --pick must be PATH=ours or PATH=theirs, not 'a=mine'
  hint: usage: wasmstore merge NAME
                               [--ours | --theirs | --pick PATH=ours|theirs ...]
                               [--ff-only | --no-ff] [-m MSG] [--dry-run]
  [2]
  $ wasmstore merge dev --ours --theirs
  ERROR --ours and --theirs cannot be used together
  [2]
  $ wasmstore merge nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore merge
  ERROR missing expected argument '<name>'
  hint: usage: wasmstore merge NAME
                               [--ours | --theirs | --pick PATH=ours|theirs ...]
                               [--ff-only | --no-ff] [-m MSG] [--dry-run]
  [2]
  $ wasmstore merge dev --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
