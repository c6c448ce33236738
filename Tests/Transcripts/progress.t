#requires: script

Long work shows its progress on a terminal, after half a second; here a pipe that takes its time makes it long.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; mkfifo slow.wasm
  $ slowly() { (sleep 0.7; cat b.wasm) > slow.wasm & }
  $ slowly; script -qec 'wasmstore add -r a.wasm slow.wasm' /dev/null < /dev/null | tr '\r' '\n' | grep -a ing
  adding 2/2, 128 B

Not in a pipe, unless it is asked for; then it may be lines of JSON.

  $ slowly; wasmstore add -r a.wasm slow.wasm --to x | wc -l
  2 added
  2
  $ slowly; wasmstore add -r a.wasm slow.wasm --to y --progress 2>&1 | tr '\r' '\n' | grep ing
  adding 2/2, 128 B
  $ slowly; wasmstore add -r a.wasm slow.wasm --to z --progress --json 2>&1 > /dev/null
  {"bytes":128,"done":2,"progress":"adding","total":2}
  2 added
  $ slowly; script -qec 'wasmstore add -r a.wasm slow.wasm --to w --no-progress' /dev/null < /dev/null | grep -c ing
  0
  [1]
