A signal ends a command in order: it removes what it has begun, and nothing of the store has changed.

  $ export WASMSTORE_ROOT=$PWD/store; make-wasm a.wasm; wasmstore add a.wasm a.wasm > /dev/null
  $ make-wasm big.wasm 3000000
  $ writing() { mkfifo $1; exec 3<> $1; head -c 2500000 big.wasm >&3 3>&- & head=$!; }
  $ begun() { until ls store/tmp/* > /dev/null 2>&1; do :; done; }
  $ ended() { kill -$1 $!; wait $!; echo "status $?"; ls store/tmp; kill $head 2> /dev/null; wait $head 2> /dev/null; exec 3>&-; }

While it waits for the rest of a module:

  $ writing one; env --default-signal=INT wasmstore add - b.wasm < one 3>&- & begun; ended INT
  ERROR interrupted
  status 130
  $ writing two; wasmstore add - b.wasm < two 3>&- & begun; ended TERM
  ERROR interrupted
  status 143

While it writes a module, here to a reader that waits:

  $ wasmstore add big.wasm big.wasm > /dev/null; mkfifo three; exec 3<> three
  $ wasmstore find big.wasm -o three 3>&- & finder=$!; read -rN 4 -u 3 start 2> /dev/null; kill $finder; cat <&3 > /dev/null & reader=$!; wait $finder; echo "status $?"; kill $reader; wait $reader 2> /dev/null; exec 3>&-
  ERROR interrupted
  status 143

While it waits for a lock:

  $ exec 4> store/write.lock; flock 4
  $ mkfifo notes; wasmstore -v remove a.wasm 2> notes 4>&- & { read -r line; echo "$line"; kill $!; cat; } < notes; wait $!; echo "status $?"
  waiting for another writer
  ERROR interrupted
  status 143
  $ exec 4>&-

  $ wasmstore list; git -C store fsck --strict
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6	/a.wasm
  6a730fab0aeec7d3ac5583fad58711a6ba14e97856705d8f8695b64c68eded3c	/big.wasm
