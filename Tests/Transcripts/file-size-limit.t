A limit on the size of files is told as other failures are, and what was there stays.

  $ make-wasm a.wasm 64 1; make-wasm big.wasm 8000000 2; export WASMSTORE_ROOT=$PWD/store
  $ mkdir folder; for n in 1 2 3; do make-wasm folder/$n.wasm 900000 $n; done
  $ wasmstore add a.wasm > /dev/null; wasmstore snapshot > before
  $ (ulimit -f 1000; wasmstore add big.wasm)
  ERROR cannot write $TRANSCRIPT/store/tmp/object-*: File too large (glob)
  [1]
  $ (ulimit -f 1000; wasmstore add - big.wasm < big.wasm)
  ERROR cannot write $TRANSCRIPT/store/tmp/object-*: File too large (glob)
  [1]
  $ (ulimit -f 100; wasmstore add -r folder)
  ERROR cannot write $TRANSCRIPT/store/tmp/pack-*: File too large (glob)
  [1]
  $ wasmstore list | cut -f2
  /a.wasm
  $ wasmstore snapshot | cmp - before
  $ git -C store fsck --full --strict 2>&1 | grep -v -e notice -e dangling
  [1]
  $ ls store/tmp | wc -l
  0
  $ (ulimit -f 1000; wasmstore find a.wasm -o copy.wasm); cmp a.wasm copy.wasm
