#requires: root

What cannot be read is named; it never passes for nothing.

  $ export WASMSTORE_ROOT=$PWD/store
  $ mkdir -p m/closed; make-wasm m/a.wasm; make-wasm m/closed/b.wasm 64 2; chmod 755 . m; chmod 700 m/closed
  $ wasmstore add -r m > /dev/null; wasmstore filename closed/b.wasm > /dev/null; chmod -R a+rwX store
  2 added
  $ unset GIT_CONFIG_GLOBAL; git config --file ~/.gitconfig safe.directory "$PWD/store"; chmod 755 ~; chmod 644 ~/.gitconfig

Folders and files of modules:

  $ as-user wasmstore add -r m
  ERROR m/closed: Permission denied
  [1]
  $ as-user wasmstore add m/closed/b.wasm
  ERROR m/closed/b.wasm: Permission denied
  [1]
  $ as-user wasmstore validate --batch m
  a.wasm	valid
  ERROR m/closed: Permission denied
  [1]
  $ as-user wasmstore validate m/closed/b.wasm
  ERROR m/closed/b.wasm: Permission denied
  [1]
  $ ln -s closed/b.wasm m/link.wasm; as-user wasmstore add -r m
  ERROR m/closed: Permission denied
  [1]
  $ rm m/link.wasm; ln -s x m/y.wasm; ln -s y.wasm m/x; chmod 755 m/closed; as-user wasmstore add -r m --dry-run
  would be: 2 unchanged
  would keep	/a.wasm	c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  would keep	/closed/b.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a

Parts of a store:

  $ chmod 700 store/modules; as-user wasmstore status
  ERROR cannot list $TRANSCRIPT/store/modules: Permission denied
  [1]
  $ chmod 777 store/modules; chmod 700 store/objects; as-user wasmstore add -r m --to n
  ERROR cannot open $TRANSCRIPT/store/objects/info/alternates: Permission denied
  [1]
  $ chmod 777 store/objects; chmod 700 store/refs/heads; as-user wasmstore status
  ERROR cannot read $TRANSCRIPT/store/refs/heads/main: Permission denied
  [1]
  $ chmod 777 store/refs/heads; chmod 600 store/operations; as-user wasmstore undo --list; as-user wasmstore remove a.wasm
  ERROR cannot read $TRANSCRIPT/store/operations: Permission denied
  ERROR cannot read $TRANSCRIPT/store/operations: Permission denied
  [1]
  $ chmod 666 store/operations; as-user wasmstore status --json | grep -c catalog
  1
