A merge goes path by path: no renames are guessed, nothing inside a module is merged.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 3000 $n; done
  $ wasmstore add 1.wasm old > /dev/null
  $ wasmstore branch dev
  $ wasmstore set $(wasmstore hash old) new; wasmstore remove old
  $ wasmstore add 2.wasm old --branch dev > /dev/null
  $ wasmstore merge dev 2>&1 | cut -c1-60
  ERROR merge of dev into main: 1 conflict
  conflict	/old	base 44def1216fb4472b8a547dd644dedbabdd39b76db
  hint: use --ours, --theirs, or --pick /old=theirs
  $ wasmstore merge dev --ours
  $ wasmstore list | cut -f2
  /new
  $ cmp <(wasmstore find new) 1.wasm

A file against a directory is a conflict.

  $ wasmstore branch side
  $ wasmstore add 1.wasm p > /dev/null
  $ wasmstore add 2.wasm p/q --branch side > /dev/null
  $ wasmstore merge side 2>&1 | cut -c1-60
  ERROR merge of side into main: 1 conflict
  conflict	/p	base none	main 44def1216fb4472b8a547dd644dedbabd
  hint: use --ours, --theirs, or --pick /p=theirs
  $ wasmstore merge side --theirs
  $ wasmstore list p | cut -f2
  /p/q

Two branches that were merged into each other at once have two common ancestors: what one of them undid stays undone.

  $ wasmstore add 1.wasm x > /dev/null
  $ wasmstore branch left; wasmstore branch right
  $ wasmstore add 2.wasm x --branch left > /dev/null
  $ wasmstore add 2.wasm y --branch right > /dev/null
  $ wasmstore tag left-1 left; wasmstore tag right-1 right
  $ wasmstore merge right-1 --branch left
  $ wasmstore merge left-1 --branch right
  $ wasmstore add 1.wasm x --branch left > /dev/null
  $ wasmstore add 3.wasm z --branch right > /dev/null
  $ wasmstore merge right --branch left --dry-run | cut -c1-12
  would merge 
  would add	/z
  $ wasmstore merge right --branch left
  $ cmp <(wasmstore find x --branch left) 1.wasm

Where the two disagree, there is no base, and what differs needs a decision.

  $ wasmstore branch north; wasmstore branch south
  $ wasmstore add 2.wasm x --branch north > /dev/null
  $ wasmstore add 3.wasm x --branch south > /dev/null
  $ wasmstore tag north-1 north; wasmstore tag south-1 south
  $ wasmstore merge south-1 --branch north --ours
  $ wasmstore merge north-1 --branch south --ours
  $ wasmstore add 1.wasm x --branch north > /dev/null
  $ wasmstore merge south --branch north 2>&1 | cut -c1-40
  ERROR merge of south into north: 1 confl
  conflict	/x	base none	north 44def1216fb4
  hint: use --ours, --theirs, or --pick /x

Histories without a common ancestor are compared with nothing.

  $ wasmstore add 3.wasm far --branch alien > /dev/null
  $ wasmstore add 4.wasm new --branch alien > /dev/null
  $ wasmstore merge alien 2>&1 | cut -c1-60
  ERROR merge of alien into main: 1 conflict
  conflict	/new	base none	main 44def1216fb4472b8a547dd644dedba
  hint: use --ours, --theirs, or --pick /new=theirs
  $ wasmstore merge alien --pick new=theirs
  $ wasmstore list | cut -f2
  /far
  /new
  /p/q
  /x
  $ git -C ~/.wasmstore fsck --full --strict 2>&1 | grep -v -e dangling -e notice
  [1]
