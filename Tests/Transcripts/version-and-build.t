version is the older tool's command; facts about the build are elsewhere.

  $ make-wasm a.wasm
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore version 0 a.wasm | cut -f2 | cut -c1-8
  commit: 
  $ wasmstore --version
  wasmstore 0.1.0 (libgit2 1.5.1)
  $ wasmstore status --json | grep -o '"build":{[^}]*}'
  "build":{"libgit2":"1.5.1","sqlite":"3.40.1","wasmstore":"0.1.0"}
