What was removed is said to be removed.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null; wasmstore remove a.wasm
  $ wasmstore diff | cut -f1
  removed
  $ wasmstore commit main | grep action
        "action": "removed",
  $ wasmstore log -n 1 --stat | tail -2 | cut -f1
  removed
  
