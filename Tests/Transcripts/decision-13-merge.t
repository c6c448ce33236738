A merge goes path by path: no renames are guessed, nothing inside a module is merged.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 3000 $n; done
  $ wasmstore add 1.wasm old > /dev/null
  $ wasmstore branch dev
  $ wasmstore set $(wasmstore hash old) new; wasmstore remove old
  $ wasmstore add 2.wasm old --branch dev > /dev/null
  $ wasmstore merge dev 2>&1 | cut -c1-60
  ERROR merge of dev into main: 1 conflict
  conflict	/old	base 44def1216fb4472b8a547dd644dedbabdd39b76db
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
  $ wasmstore merge side --theirs
  $ wasmstore list p | cut -f2
  /p/q

Histories without a common ancestor are compared with nothing.

  $ wasmstore add 3.wasm far --branch alien > /dev/null
  $ wasmstore add 4.wasm new --branch alien > /dev/null
  $ wasmstore merge alien 2>&1 | cut -c1-60
  ERROR merge of alien into main: 1 conflict
  conflict	/new	base none	main 44def1216fb4472b8a547dd644dedba
  $ wasmstore merge alien --pick new=theirs
  $ wasmstore list | cut -f2
  /far
  /new
  /p/q
  $ git -C ~/.wasmstore fsck --full --strict 2>&1 | grep -v -e dangling -e notice
  [1]
