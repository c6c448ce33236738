Facts about the store.

  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore status | sed -n 's/\t[0-9]*$/\tN/p; /head/p'
  head	no commits
  commits	N
  paths	N
  branches	N
  tags	N
  loose objects	0	N
  packs	0	N
  raw copies	0	N
  temporaries	0	N
  catalog	$HOME/.wasmstore/catalog-1.db	N
  $ make-wasm a.wasm
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore status | grep -v -e loose -e catalog
  root	$HOME/.wasmstore
  format	2
  branch	main
  head	80ca15e3afdd7b2b9d72c523fc122d3baacbfa49
  commits	1
  paths	1
  branches	1
  tags	0
  packs	0	0
  raw copies	0	0
  temporaries	0	0
  $ wasmstore branch test
  $ wasmstore status --branch test | grep branch
  branch	test (default: main)
  branches	2
  $ wasmstore status --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore status --json | sed -E 's/:[0-9]+/:N/g; s/"[0-9.]+"/"N"/g'
  {"branch":"main","branches":N,"build":{"libgit2":"N","sqlite":"N","wasmstore":"N"},"catalog":{"bytes":N,"commits":N,"modules":N,"path":"$HOME/.wasmstore/catalog-1.db"},"commits":N,"default_branch":"main","format":N,"head":"80ca15e3afdd7b2b9d72c523fc122d3baacbfa49","locked":false,"loose_objects":{"bytes":N,"files":N},"missing":[],"packs":{"bytes":N,"files":N},"paths":N,"raw_copies":{"bytes":N,"files":N},"root":"$HOME/.wasmstore","stale_locks":[],"tags":N,"temporaries":{"bytes":N,"files":N}}
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore status' | sed -E 's/[0-9]+ KB/N KB/; s/ [0-9]+,/ N,/'
  root           $HOME/.wasmstore
  format         2
  branch         main
  head           80ca15e
  commits        1
  paths          1
  branches       2
  tags           0
  loose objects  N, N KB
  packs          N, 0 B
  raw copies     N, 0 B
  temporaries    N, 0 B
  catalog        $HOME/.wasmstore/catalog-1.db, N KB

A stale lock is named.

  $ touch -d '1 minute ago' ~/.wasmstore/refs/heads/main.lock
  $ wasmstore status | tail -1
  stale lock	$HOME/.wasmstore/refs/heads/main.lock

So is a writer.

  $ rm ~/.wasmstore/refs/heads/main.lock
  $ flock ~/.wasmstore/write.lock wasmstore status | tail -1
  locked	another process is writing
  $ flock ~/.wasmstore/write.lock wasmstore status --json | grep -o '"locked":[^,]*'
  "locked":true
