The older tool's words: names, order, options, variables, prefixes; a root that is made with its parents.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ export WASMSTORE_ROOT=./deep/down/store WASMSTORE_BRANCH=work WASMSTORE_AUTHOR=me
  $ a=$(wasmstore add a.wasm); b=$(wasmstore add - b.wasm < b.wasm)
  $ ls -d deep/down/store
  deep/down/store
  $ unset WASMSTORE_BRANCH
  $ wasmstore list --branch work -v -v -q --verbosity warning --color never | cut -f2
  /a.wasm
  /b.wasm
  $ wasmstore branch main --delete; wasmstore branch work --list; wasmstore branch --list
  ERROR main is protected
  hint: it is the default branch; wasmstore branch NAME --default chooses another
  main
  work
  main
  work
  $ export WASMSTORE_BRANCH=work
  $ wasmstore find a.wasm | cmp - a.wasm
  $ wasmstore filename $a | sed 's/[0-9a-f]\{60,\}/HEX/'
  ./deep/down/store/modules/51/HEX
  $ wasmstore hash a.wasm | grep -c $a
  1
  $ wasmstore contains $b
  true
  $ wasmstore set $b c.wasm
  $ wasmstore remove b.wasm
  $ before=$(wasmstore snapshot)
  $ wasmstore remove c.wasm
  $ wasmstore restore $before
  $ wasmstore restore $before a.wasm
  $ wasmstore versions a.wasm | cut -f1 | grep -c $a
  1
  $ wasmstore version 0 a.wasm | cut -f1 | grep -c $a
  1
  $ wasmstore audit a.wasm | cut -f2
  me
  $ wasmstore commit $before | grep author
    "author": "me",
  $ wasmstore log --plain --pager cat -n 1 --skip 1 --reverse | grep Author
  Author: me
  $ wasmstore rollback a.wasm
  $ wasmstore merge work --branch main
  $ wasmstore list | cut -f2
  /c.wasm
  $ wasmstore list --branch main | cut -f2
  /c.wasm
