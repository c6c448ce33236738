diff compares trees: with no, one or two revisions, and a path.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore add a.wasm x > /dev/null; wasmstore add b.wasm y/z > /dev/null; wasmstore add b.wasm x > /dev/null
  $ for words in '' 'main~2' 'main~2 main~1' 'main~2 y' 'main~2 main /x' '/y'; do echo "diff $words"; wasmstore diff $words | cut -f1,2; done
  diff 
  updated	/x
  diff main~2
  updated	/x
  added	/y/z
  diff main~2 main~1
  added	/y/z
  diff main~2 y
  added	/y/z
  diff main~2 main /x
  updated	/x
  diff /y
