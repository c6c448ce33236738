Two trees: the last commit's change, a revision against the branch, or two revisions.

  $ make-wasm 1.wasm 2000 1; make-wasm 2.wasm 5000 2; make-wasm 3.wasm 100 3
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore diff
  added	/a	813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536
  $ wasmstore add 2.wasm dir/b > /dev/null
  $ wasmstore add 3.wasm c > /dev/null
  $ wasmstore add 2.wasm a > /dev/null
  $ wasmstore remove c
  $ wasmstore diff
  removed	/c	6613feea282c39c5bcfa61ecae79bcdb728c592a3aabf633cc46d7c7c5cbcf8d
  $ wasmstore diff main~4
  updated	/a	813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536 → 7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad	+3000
  added	/dir/b	7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad
  $ wasmstore diff main main~4
  updated	/a	7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad → 813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536	-3000
  removed	/dir/b	7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad
  $ wasmstore diff main~2 main~1
  updated	/a	813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536 → 7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad	+3000

Below a path.

  $ wasmstore diff main~4 /dir
  added	/dir/b	7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad
  $ wasmstore diff main~4 main dir
  added	/dir/b	7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad
  $ wasmstore diff main~4 a
  updated	/a	813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536 → 7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad	+3000
  $ wasmstore diff main main

  $ wasmstore diff main~4 --json
  [
  {"action":"updated","new":"7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad","new_size":5000,"old":"813149f0136af133c4402ded358a9e3679b8514e29490dee32658cdd5ebaa536","old_size":2000,"path":"/a"},
  {"action":"added","new":"7a06cc2bb9807a8af867c69d9841aba61ffe78ceb476732943955a5d5bdbe0ad","new_size":5000,"old":null,"old_size":null,"path":"/dir/b"}
  ]
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore diff main~4'
  updated  813149f0 → 7a06cc2b  +3 KB  /a
  added    7a06cc2b                    /dir/b

  $ wasmstore diff nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore diff main nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore diff main main main
  ERROR unexpected argument 'main'
  [2]
  $ git init -q --bare -b main empty
  $ wasmstore diff main --root empty
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
