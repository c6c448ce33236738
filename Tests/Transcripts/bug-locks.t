Writers wait for each other, for as long as they are told.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ flock ~/.wasmstore/write.lock wasmstore add a.wasm b --lock-timeout 0
  ERROR $HOME/.wasmstore/write.lock is locked by another process
  hint: --lock-timeout SECS waits longer
  [11]
  $ flock ~/.wasmstore/write.lock wasmstore add a.wasm b --lock-timeout 0 --json
  {"error":{"code":"locked","hint":"--lock-timeout SECS waits longer","message":"$HOME/.wasmstore/write.lock is locked by another process"}}
  [11]
  $ flock ~/.wasmstore/write.lock wasmstore list | cut -f2
  /a.wasm
  $ (flock ~/.wasmstore/write.lock sleep 0.5 & sleep 0.1; wasmstore add a.wasm b | wc -c; wait)
  65
