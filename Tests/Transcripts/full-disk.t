#requires: tmpfs

A full disk is told, and what was there stays.

  $ mkdir disk; mount -t tmpfs -o size=2m none disk
  $ make-wasm a.wasm 64 1; make-wasm big.wasm 8000000 2
  $ export WASMSTORE_ROOT=disk/store
  $ wasmstore add a.wasm > /dev/null; wasmstore snapshot > before
  $ wasmstore add big.wasm
  ERROR cannot write disk/store/tmp/object-*: No space left on device (glob)
  [1]
  $ wasmstore add - big.wasm < big.wasm
  ERROR cannot write disk/store/tmp/object-*: No space left on device (glob)
  [1]
  $ wasmstore list | cut -f2
  /a.wasm
  $ wasmstore snapshot | cmp - before
  $ git -C disk/store fsck --full --strict 2>&1 | grep -v -e notice -e dangling
  [1]
  $ find disk/store -name '*incoming*' -o -name 'tmp_*' | wc -l
  0
  $ wasmstore add a.wasm b | wc -c
  65
