contains ends with 0 for false; find, hash and filename of nothing end with 1.

  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore contains nope
  false
  $ wasmstore find nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore hash nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore filename nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
