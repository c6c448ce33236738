A loss of power may leave a reference that is empty or full of zeros. What it held is in the record.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ wasmstore add a.wasm x > /dev/null
  $ wasmstore add b.wasm x > /dev/null
  $ commit=$(wasmstore snapshot)
  $ : > ~/.wasmstore/refs/heads/main
  $ wasmstore list 2>&1 | sed "s/$commit/COMMIT/g"
  ERROR damaged: refs/heads/main is empty; its last known value is COMMIT, and 'wasmstore --branch main restore COMMIT' sets it
  $ wasmstore list 2> /dev/null
  [12]
  $ wasmstore --branch main restore $commit
  $ wasmstore hash x
  [0-9a-f]{64} (re)
  $ truncate -s 0 ~/.wasmstore/refs/heads/main; truncate -s 41 ~/.wasmstore/refs/heads/main
  $ wasmstore status 2>&1 | sed "s/$commit/COMMIT/g"
  ERROR damaged: refs/heads/main holds zeros; its last known value is COMMIT, and 'wasmstore --branch main restore COMMIT' sets it
  $ wasmstore undo 1
  $ test $(wasmstore hash x) = $(sha256sum < a.wasm | cut -c1-64)

HEAD and tags, too.

  $ : > ~/.wasmstore/HEAD
  $ wasmstore list
  ERROR damaged: HEAD is empty; 'wasmstore --branch NAME branch NAME --default' sets it
  [12]
  $ wasmstore --branch main branch main --default
  $ wasmstore list | cut -f2
  /x
  $ wasmstore tag v1
  $ commit=$(wasmstore snapshot)
  $ : > ~/.wasmstore/refs/tags/v1
  $ wasmstore list --rev v1 2>&1 | sed "s/$commit/COMMIT/g"
  ERROR damaged: refs/tags/v1 is empty; its last known value is COMMIT, and 'wasmstore tag v1 COMMIT' sets it
  $ wasmstore tag v1 $commit
  $ wasmstore list --rev v1 | cut -f2
  /x
