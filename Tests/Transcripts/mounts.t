#requires: root tmpfs
A store is made in a mount point, of a new file system too.

  $ make-wasm a.wasm 64 1; mkdir vol
  $ mount -t tmpfs none vol
  $ wasmstore --root vol add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore --root vol list | cut -f2
  /a.wasm
  $ umount vol; mount -t tmpfs none vol; mkdir -m 700 vol/lost+found
  $ wasmstore --root vol/ add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ git -C vol fsck --strict

On a file system that cannot be written to, messages say so.

  $ umount vol; mount -t tmpfs -o ro none vol
  $ wasmstore --root vol/x list
  ERROR no store at vol/x
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ wasmstore --root vol/x add a.wasm
  ERROR cannot use vol/x as a store: it cannot be created: Read-only file system
  [10]
  $ wasmstore --root vol add a.wasm
  ERROR cannot use vol as a store: Read-only file system
  [10]
