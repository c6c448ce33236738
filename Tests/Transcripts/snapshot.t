The commit that the branch stands at.

  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore snapshot
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore snapshot --json
  {"error":{"code":"not_found","hint":"wasmstore add makes the first commit","message":"no commits on main"}}
  [1]
  $ make-wasm a.wasm
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore snapshot
  80ca15e3afdd7b2b9d72c523fc122d3baacbfa49
  $ git -C ~/.wasmstore rev-parse main
  80ca15e3afdd7b2b9d72c523fc122d3baacbfa49
  $ wasmstore snapshot --short
  80ca15e
  $ wasmstore snapshot --json
  {"branch":"main","commit":"80ca15e3afdd7b2b9d72c523fc122d3baacbfa49"}
  $ wasmstore snapshot --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
