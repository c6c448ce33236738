Versions count along the branch's first parents; a merge is one change.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore branch dev
  $ wasmstore add 2.wasm a --branch dev > /dev/null
  $ wasmstore add 3.wasm a --branch dev > /dev/null
  $ wasmstore add 4.wasm b > /dev/null
  $ wasmstore merge dev
  $ wasmstore versions a | cut -c1-8
  516f78ff
  f209ae4c
  $ wasmstore version 1 a | cut -c1-8
  f209ae4c
  $ wasmstore versions a --branch dev | cut -c1-8
  516f78ff
  07734d19
  f209ae4c

A number keeps its meaning while the branch goes forward; --all lists what came back.

  $ wasmstore add 1.wasm a > /dev/null
  $ wasmstore version 1 a | cut -c1-8
  f209ae4c
  $ wasmstore versions a | cut -c1-8
  516f78ff
  f209ae4c
  $ wasmstore versions a --all | cut -c1-8
  516f78ff
  f209ae4c
  516f78ff
