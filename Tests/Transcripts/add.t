Adding a file prints its hash. The path is the file's name, or the one given.

  $ make-wasm a.wasm
  $ make-wasm b.wasm 100 2
  $ wasmstore add a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ sha256sum < a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6  -
  $ wasmstore add b.wasm plugins/b.wasm
  8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79
  $ wasmstore list
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6	/a.wasm
  8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79	/plugins/b.wasm
  $ wasmstore log --oneline
  38ff47bdc2e9b74539afde0b3ea35f07e14ee57f Import /plugins/b.wasm
  80ca15e3afdd7b2b9d72c523fc122d3baacbfa49 Import /a.wasm

The same module at the same path changes nothing and makes no commit.

  $ wasmstore add a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore log --oneline | wc -l
  2

Standard input needs a path, and is read to its end.

  $ cat b.wasm | wasmstore add - from/stdin.wasm
  8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79
  $ wasmstore add -
  ERROR standard input requires a PATH
  [2]
  $ cat b.wasm | wasmstore add
  ERROR missing expected argument '<file> ...'
  hint: usage: wasmstore add FILE|- [PATH] [-m MSG]
                             [--features LIST | --no-validate] [--if-absent]
                             [--from REV] [--expect-head REV|none] [--dry-run]
               wasmstore add -r SOURCE... [--to PREFIX] [--delete] [-m MSG]
                             [--features LIST | --no-validate] [--if-absent]
                             [--from REV] [--expect-head REV|none] [--dry-run]
  [2]

With -r all words are sources, folders are searched, and there is one commit with a line for each module.

  $ mkdir -p build/deep
  $ make-wasm build/one.wasm 64 11
  $ make-wasm build/deep/two.wasm 64 12
  $ echo text > build/readme.txt
  $ wasmstore add -r build a.wasm --to dist
  3 added
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6	/dist/a.wasm
  a0a58d28597e2558e98de6f4840e4e293c7b43959b97abe139133d9e4835f9ce	/dist/deep/two.wasm
  f821da5da5dcefcb13cc5a6dee5cb6f887028fbbb9b9ff62e655bed3342dac17	/dist/one.wasm
  $ wasmstore log -n 1 --stat --oneline
  8f67ba6c56c5aac10e3af1cf907feb55e3b791d8 Import 3 modules
  added	/dist/a.wasm	c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  added	/dist/deep/two.wasm	a0a58d28597e2558e98de6f4840e4e293c7b43959b97abe139133d9e4835f9ce
  added	/dist/one.wasm	f821da5da5dcefcb13cc5a6dee5cb6f887028fbbb9b9ff62e655bed3342dac17
  $ wasmstore add --recursive build -v
  skipped build/readme.txt: it is not a WebAssembly binary
  2 added
  a0a58d28597e2558e98de6f4840e4e293c7b43959b97abe139133d9e4835f9ce	/deep/two.wasm
  f821da5da5dcefcb13cc5a6dee5cb6f887028fbbb9b9ff62e655bed3342dac17	/one.wasm

What lies in folders and is no module is in nobody's way: not with a name that two folders share, nor with one
that makes no path.

  $ mkdir -p left right
  $ echo text > left/readme.txt
  $ echo text > right/readme.txt
  $ echo text > right/.gitmodules
  $ make-wasm right/three.wasm 64 13
  $ wasmstore add -r left right --to shared -v
  skipped right/.gitmodules: it is not a WebAssembly binary
  skipped left/readme.txt: it is not a WebAssembly binary
  skipped right/readme.txt: it is not a WebAssembly binary
  1 added
  8adf5416341f444e4f860acc0ee7f7c32c0bccad4d9b6e89b1ad62c74d876d0c	/shared/three.wasm

Two modules for one path are an error, whatever else is there.

  $ cp a.wasm left/three.wasm
  $ wasmstore add -r left right --to shared
  ERROR invalid path /shared/three.wasm: two files would be stored at this path
  [1]

A folder without a module adds nothing.

  $ rm left/three.wasm
  $ wasmstore add -r left
  0 modules
  $ wasmstore add -r left --dry-run
  would be: 0 modules

The commit's message is the one given.

  $ make-wasm c.wasm 64 3
  $ wasmstore add c.wasm -m 'Add the third'
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  $ wasmstore log -n 1
  commit 736b0000c03ba9198225dd0aedf9438cab67b21c
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Add the third
  
  $ wasmstore add c.wasm d.wasm -m ' '
  ERROR the message is empty
  hint: usage: wasmstore add FILE|- [PATH] [-m MSG]
                             [--features LIST | --no-validate] [--if-absent]
                             [--from REV] [--expect-head REV|none] [--dry-run]
               wasmstore add -r SOURCE... [--to PREFIX] [--delete] [-m MSG]
                             [--features LIST | --no-validate] [--if-absent]
                             [--from REV] [--expect-head REV|none] [--dry-run]
  [2]

With --if-absent what is there stays; the hash is that of the module which the path holds.

  $ wasmstore add b.wasm /a.wasm --if-absent
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore hash a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore add b.wasm new.wasm --if-absent
  8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79

A dry run changes nothing and says what would happen.

  $ wasmstore add b.wasm /a.wasm --dry-run
  would update	/a.wasm	8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79
  $ wasmstore add a.wasm --dry-run
  would keep	/a.wasm	c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore add -r build --to x --dry-run
  would be: 2 added
  would add	/x/deep/two.wasm	a0a58d28597e2558e98de6f4840e4e293c7b43959b97abe139133d9e4835f9ce
  would add	/x/one.wasm	f821da5da5dcefcb13cc5a6dee5cb6f887028fbbb9b9ff62e655bed3342dac17
  $ wasmstore add b.wasm /a.wasm --if-absent --dry-run
  would keep	/a.wasm	c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore hash a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6

The same in JSON: one object, or with -r an array.

  $ wasmstore add b.wasm /a.wasm --json
  {"branch":"main","commit":"354f0f5a8e0147f8af5ceadd5766722b84ffe984","dry_run":false,"hash":"8283e4411aa84e18144cf33d53e7e8186bb3d8c2c85cebf67a1ac5a115e5bb79","outcome":"updated","path":"/a.wasm","size":100}
  $ wasmstore add a.wasm --dry-run --json
  {"branch":"main","commit":null,"dry_run":true,"hash":"c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6","outcome":"updated","path":"/a.wasm","size":64}
  $ wasmstore add -r build --to dist --json
  2 unchanged
  [
  {"branch":"main","commit":null,"dry_run":false,"hash":"a0a58d28597e2558e98de6f4840e4e293c7b43959b97abe139133d9e4835f9ce","outcome":"unchanged","path":"/dist/deep/two.wasm","size":64},
  {"branch":"main","commit":null,"dry_run":false,"hash":"f821da5da5dcefcb13cc5a6dee5cb6f887028fbbb9b9ff62e655bed3342dac17","outcome":"unchanged","path":"/dist/one.wasm","size":64}
  ]

What is no module is refused, and nothing is stored.

  $ echo 'not a module' > text.wasm
  $ wasmstore add text.wasm
  ERROR invalid module: magic header not detected (at offset 0x0)
  [1]
  $ head -c 12 a.wasm > short.wasm
  $ wasmstore add short.wasm
  ERROR invalid module: unexpected end-of-file
  [1]
  $ : > empty.wasm
  $ wasmstore add empty.wasm
  ERROR invalid module: unexpected end-of-file
  [1]
  $ wasmstore add short.wasm --json
  {"error":{"code":"invalid_module","message":"invalid module: unexpected end-of-file"}}
  [1]
  $ wasmstore add short.wasm -vv
  ERROR invalid module: unexpected end-of-file
  in short.wasm
  [1]
  $ wasmstore add -r a.wasm short.wasm --to all
  ERROR invalid module short.wasm: unexpected end-of-file
  [1]
  $ wasmstore contains all/a.wasm
  false

Files that are not there, or are folders.

  $ wasmstore add nope.wasm
  ERROR nope.wasm: No such file or directory
  [1]
  $ wasmstore add build
  ERROR build is a directory
  hint: wasmstore add -r build adds the modules in it
  [1]
  $ wasmstore add -r nope
  ERROR nope: No such file or directory
  [1]
  $ wasmstore add -r -
  ERROR -r cannot be used with -, only with files and directories
  [2]

Words that do not fit together.

  $ wasmstore add a.wasm b.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore add a.wasm x y
  ERROR add takes one FILE and one PATH; use -r for several files
  hint: wasmstore add -r FILE...
  [2]
  $ wasmstore add a.wasm --to x
  ERROR --to requires -r; for a single file, give a PATH
  [2]
  $ wasmstore add -r a.wasm build/../a.wasm
  ERROR invalid path /a.wasm: two files would be stored at this path
  [1]
  $ wasmstore add a.wasm ../a.wasm
  ERROR invalid path ../a.wasm: ".." is not allowed
  [1]
  $ wasmstore add --bogus a.wasm
  ERROR unknown option '--bogus' of add
  [2]
