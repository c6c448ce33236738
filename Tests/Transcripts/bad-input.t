#requires: root

Bad input gives its message and changes nothing.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null; wasmstore snapshot > before

Modules and paths.

  $ echo 'not wasm' | wasmstore add - x
  ERROR invalid module: magic header not detected (at offset 0x0)
  [1]
  $ printf '\0asm' | wasmstore add - x
  ERROR invalid module: unexpected end-of-file
  [1]
  $ printf '\0asm\2\0\0\0' | wasmstore add - x
  ERROR invalid module: unknown binary version 0x2 (at offset 0x4)
  [1]
  $ head -c 40 a.wasm | wasmstore add - x
  ERROR invalid module: unexpected end-of-file
  [1]
  $ wasmstore add nope.wasm
  ERROR nope.wasm: No such file or directory
  [1]
  $ wasmstore add .
  ERROR . is a directory
  hint: wasmstore add -r . adds the modules in it
  [1]
  $ wasmstore add a.wasm ../x
  ERROR invalid path ../x: ".." is not allowed
  [1]
  $ wasmstore add a.wasm $(printf 'd/%.0s' {1..300})x 2>&1 | tail -c 40
  d/d/d/d/d/x: it has more than 64 levels
  $ printf 'a\0b' | xargs -0 wasmstore add a.wasm 2>&1
  ERROR add takes one FILE and one PATH; use -r for several files
  hint: wasmstore add -r FILE...
  [123]

Arguments that are no UTF-8, also where a file has the name that they would be repaired to.

  $ cp a.wasm $'\xff.wasm'; make-wasm $'\ufffd.wasm' 64 2
  $ wasmstore add $'\xff.wasm' a
  ERROR invalid argument "\377.wasm": it is not valid UTF-8
  [2]
  $ wasmstore add $'\xff.wasm' a --json
  {"error":{"code":"usage","message":"invalid argument \"\\377.wasm\": it is not valid UTF-8"}}
  [2]
  $ wasmstore validate a.wasm $'x\ty\xc3(.wasm'
  ERROR invalid argument "x\ty\303(.wasm": it is not valid UTF-8
  [2]
  $ wasmstore list --root $'\xff'
  ERROR invalid argument "\377": it is not valid UTF-8
  [2]
  $ ls -d $'\ufffd'
  ls: cannot access '�': No such file or directory
  [2]
  $ wasmstore add - b.wasm < $'\xff.wasm' > /dev/null; wasmstore undo
  $ wasmstore validate $'\ufffd.wasm'
  �.wasm	valid
  $ rm $'\xff.wasm' $'\ufffd.wasm'

Names of revisions and modules.

  $ wasmstore list --rev nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore commit main~1
  ERROR invalid revision main~1: 19c06be has no parent
  [1]
  $ wasmstore find ''
  ERROR invalid path '': it is empty
  [1]
  $ wasmstore find :
  ERROR unknown revision: ''
  [1]
  $ wasmstore find main:
  ERROR invalid path '': it is empty
  [1]
  $ wasmstore list '../*'
  $ wasmstore restore ''
  ERROR unknown revision: ''
  [1]

The root.

  $ touch file; wasmstore --root file list
  ERROR cannot use file as a store: it is a file
  [10]
  $ wasmstore --root file/below list
  ERROR cannot use file/below as a store: Not a directory
  [10]
  $ mkdir full; touch full/x; wasmstore --root full list
  ERROR full is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  [10]
  $ git init -q tree; wasmstore --root tree list
  ERROR tree is not a store; it appears to be a git work tree
  hint: --root or WASMSTORE_ROOT selects the store
  [10]
  $ wasmstore --root tree/.git list
  ERROR tree/.git is not a store; it appears to be the .git folder of a work tree
  hint: --root or WASMSTORE_ROOT selects the store
  [10]
  $ mkdir -p older/objects older/tmp older/refs; wasmstore --root older list
  ERROR older is not a store; it appears to be a store of the older wasmstore
  hint: wasmstore import older --root NEW makes a new store with its modules and history
  [10]
  $ wasmstore --root older list --json
  {"error":{"code":"not_a_store","hint":"wasmstore import older --root NEW makes a new store with its modules and history","message":"older is not a store; it appears to be a store of the older wasmstore"}}
  [10]
  $ cp -r ~/.wasmstore newer; git config --file newer/config wasmstore.formatVersion 99; wasmstore --root newer list
  ERROR newer has format 99; this version of wasmstore supports formats up to 2
  hint: use a newer version of wasmstore
  [10]
  $ mkdir secret; chmod 700 secret; as-user wasmstore --root secret list
  ERROR cannot use secret as a store: Permission denied
  [10]
  $ as-user wasmstore --root secret/below list
  ERROR cannot use secret/below as a store: Permission denied
  [10]
  $ chmod 755 $HOME; chmod -R a+rX ~/.wasmstore; as-user wasmstore --root ~/.wasmstore list | cut -f2
  ERROR cannot use $HOME/.wasmstore as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory $HOME/.wasmstore
  $ as-user wasmstore --root ~/.wasmstore list --json 2>&1 | grep -o '"hint":"[^"]*"'
  "hint":"git config --global --add safe.directory $HOME/.wasmstore"
  $ unset GIT_CONFIG_GLOBAL; git config --file ~/.gitconfig safe.directory ~/.wasmstore; as-user wasmstore --root ~/.wasmstore list | cut -f2
  /a.wasm
  $ as-user wasmstore --root ~/.wasmstore remove a.wasm
  ERROR $HOME/.wasmstore is read-only
  [1]
  $ as-user wasmstore --root ~/.wasmstore filename a.wasm
  ERROR $HOME/.wasmstore is read-only
  [1]
  $ rm ~/.gitconfig
  $ wasmstore --root '' list
  ERROR option '--root' requires a value
  [2]
  $ WASMSTORE_BRANCH='a b' wasmstore list
  ERROR invalid name a b: it has a character that revisions use as syntax
  [1]

Nothing has changed.

  $ wasmstore snapshot | cmp - before
