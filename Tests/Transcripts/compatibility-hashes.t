A module's hash is the SHA-256 of its bytes; a commit's is whatever comes back through snapshot.

  $ make-wasm a.wasm 4000 1
  $ wasmstore add a.wasm | cmp - <(sha256sum < a.wasm | cut -c1-64)
  $ wasmstore snapshot | grep -cE '^[0-9a-f]+$'
  1
  $ commit=$(wasmstore snapshot)
  $ make-wasm b.wasm 4000 2
  $ wasmstore add b.wasm > /dev/null
  $ wasmstore restore $commit
  $ wasmstore snapshot | grep -c $commit
  1
