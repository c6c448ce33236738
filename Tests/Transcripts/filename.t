A regular, read-only file with exactly the module's bytes, beside the git objects.

  $ make-wasm a.wasm 5000 1
  $ wasmstore add a.wasm dir/a.wasm > /dev/null
  $ wasmstore filename dir/a.wasm
  $HOME/.wasmstore/modules/c7/c7b0331a007085c5bb3e7c3e20711473caae0b9f8a6aa68fb34f97f3c8da9be1
  $ cmp "$(wasmstore filename dir/a.wasm)" a.wasm
  $ stat -c '%F %A' "$(wasmstore filename dir/a.wasm)"
  regular file -r--r--r--
  $ wasmstore filename $(wasmstore hash dir/a.wasm)
  $HOME/.wasmstore/modules/c7/c7b0331a007085c5bb3e7c3e20711473caae0b9f8a6aa68fb34f97f3c8da9be1

A relative root gives a relative name, as it is used from here.

  $ wasmstore --root ./rel add a.wasm > /dev/null
  $ wasmstore --root ./rel filename a.wasm
  ./rel/modules/c7/c7b0331a007085c5bb3e7c3e20711473caae0b9f8a6aa68fb34f97f3c8da9be1

  $ wasmstore filename dir/a.wasm --json
  {"filename":"$HOME/.wasmstore/modules/c7/c7b0331a007085c5bb3e7c3e20711473caae0b9f8a6aa68fb34f97f3c8da9be1","hash":"c7b0331a007085c5bb3e7c3e20711473caae0b9f8a6aa68fb34f97f3c8da9be1","kind":"core","path":"/dir/a.wasm","size":5000}
  $ wasmstore filename nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore filename dir
  ERROR /dir is not a module but a directory
  [1]
