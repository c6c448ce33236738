Every kind of end has its status.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm m > /dev/null; wasmstore branch dev
  $ wasmstore add b.wasm m > /dev/null; wasmstore add c.wasm m --branch dev > /dev/null
  $ status() { "$@" > /dev/null 2>&1; echo $?; }
  $ status wasmstore list
  0
  $ status wasmstore find nope
  1
  $ status wasmstore find
  2
  $ status wasmstore branch main --delete
  3
  $ status wasmstore merge dev
  4
  $ touch file; status wasmstore --root file list
  10
  $ status flock ~/.wasmstore/write.lock wasmstore add a.wasm x --lock-timeout 0
  11

Damage: the bytes do not have the hash that was promised.

  $ blob=$(git -C ~/.wasmstore rev-parse main:m); file=~/.wasmstore/objects/${blob:0:2}/${blob:2}
  $ chmod u+w $file; git -C ~/.wasmstore cat-file blob $blob > /dev/null; printf 'garbage' > $file
  $ status wasmstore find m
  12

Ended from outside.

  $ mkfifo never; exec 9<> never
  $ status timeout --preserve-status -s INT 0.3 wasmstore add - x < never
  130
  $ status timeout --preserve-status -s TERM 0.3 wasmstore add - x < never
  143
  $ (wasmstore completions bash; echo "status $?" >&2) | true
  status 141
  $ wasmstore list | cut -f2
  /m
