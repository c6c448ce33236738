export writes files and is silent. backup is a tar archive with gzip and names that begin with ./; unpacked into an empty
folder it is a root that works. The objects in it have other names than the older tool's.

  $ export WASMSTORE_ROOT=./store
  $ make-wasm b.wasm 4000 2; make-wasm c.wasm 4000 3
  $ wasmstore add b.wasm > /dev/null; wasmstore add c.wasm lib/c.wasm > /dev/null; wasmstore branch test
  $ wasmstore export -o ./exported
  $ find exported -type f | sort; cmp exported/b.wasm b.wasm; cmp exported/lib/c.wasm c.wasm
  exported/b.wasm
  exported/lib/c.wasm
  $ wasmstore export; ls main
  b.wasm
  lib
  $ wasmstore backup backup.tar.gz
  $ gzip -t backup.tar.gz; tar tzf backup.tar.gz | grep -v '^\./'
  [1]
  $ tar tzf backup.tar.gz | sed 's/[0-9a-f]\{40\}/NAME/'
  ./
  ./HEAD
  ./config
  ./packed-refs
  ./operations
  ./refs/
  ./refs/heads/
  ./refs/tags/
  ./objects/
  ./objects/info/
  ./objects/pack/
  ./objects/pack/pack-NAME.pack
  ./objects/pack/pack-NAME.idx
  ./SHA256SUMS
  $ mkdir unpacked; cd unpacked; tar xzf ../backup.tar.gz
  $ export WASMSTORE_ROOT=$PWD; wasmstore list | cut -f2; wasmstore branch --list; wasmstore find b.wasm | cmp - ../b.wasm
  /b.wasm
  /lib/c.wasm
  main
  test
  $ wasmstore add ../c.wasm new.wasm > /dev/null; wasmstore log --oneline | wc -l; git fsck --full --strict
  3
  $ ls ..
  b.wasm
  backup.tar.gz
  c.wasm
  exported
  main
  store
  unpacked
