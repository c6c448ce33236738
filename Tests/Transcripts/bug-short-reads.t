A pipe that delivers a module in pieces gives the whole module.

  $ make-wasm a.wasm 200000 1
  $ pieces() { head -c 3 a.wasm; sleep 0.1; tail -c +4 a.wasm | head -c 4096; sleep 0.1; tail -c +4100 a.wasm; }
  $ pieces | wasmstore add - a | cmp - <(sha256sum < a.wasm | cut -c1-64)
  $ wasmstore find a | cmp - a.wasm

Also one that is large enough to be streamed.

  $ make-wasm b.wasm 3000000 2
  $ (head -c 1500000 b.wasm; sleep 0.1; tail -c +1500001 b.wasm) | wasmstore add - b | cmp - <(sha256sum < b.wasm | cut -c1-64)
  $ wasmstore find b | cmp - b.wasm
