A negative answer has exit status 5, and as JSON a code of its own.

  $ module() { printf "\\0asm\\1\\0\\0\\0\\1\\4\\1\\140\\0\\0$2" > $1; }
  $ module log.wasm '\2\13\1\3env\3log\0\0'
  $ module plain.wasm ''
  $ head -c 12 log.wasm > cut.wasm
  $ wasmstore add plain.wasm app.wasm > /dev/null
  $ wasmstore add plain.wasm same.wasm > /dev/null
  $ wasmstore add plain.wasm gone.wasm > /dev/null
  $ wasmstore branch ci/1
  $ wasmstore add log.wasm app.wasm --branch ci/1 --author 'Ann <ann@example.com>' > /dev/null
  $ wasmstore add log.wasm new.wasm --branch ci/1 > /dev/null
  $ wasmstore remove gone.wasm --branch ci/1
  $ wasmstore can-run wasm1 plain.wasm --branch ci/1
  ERROR not found: /plain.wasm on ci/1
  hint: use ./plain.wasm for the file
  [1]
  $ wasmstore can-run browser ./log.wasm ./plain.wasm
  yes	./log.wasm
  yes	./plain.wasm
  $ wasmstore can-run wasip1 ./log.wasm ./plain.wasm
  no	./log.wasm
    import env.log: the host does not offer it
    export memory: missing; the host's functions need it
  yes	./plain.wasm
  [5]
  $ wasmstore can-run wasip1 ./log.wasm ./plain.wasm --json 2>&1 > /dev/null
  {"error":{"code":"cannot_run","message":"wasip1 cannot run 1 of 2 modules"}}
  [5]
  $ wasmstore validate plain.wasm cut.wasm
  plain.wasm	valid
  cut.wasm	invalid	unexpected end-of-file
  [5]
  $ wasmstore validate plain.wasm cut.wasm --json 2>&1 > /dev/null
  {"error":{"code":"not_valid","message":"1 of 2 files are not valid modules"}}
  [5]
  $ wasmstore validate cut.wasm missing.wasm > /dev/null
  ERROR missing.wasm: No such file or directory
  [1]
  $ wasmstore compare main:app.wasm ci/1:app.wasm --require minor
  major	1 import added
  added	import	env.log	major	(func)
  ERROR compare: the change is major; at most minor is allowed
  [5]
  $ wasmstore compare main:app.wasm ci/1:app.wasm --require minor --json 2>&1 > /dev/null
  {"error":{"code":"incompatible","message":"compare: the change is major; at most minor is allowed"}}
  [5]

All modules that differ between two revisions at once.

  $ wasmstore compare --base main --branch ci/1
  major	/app.wasm	1 import added
    added	import	env.log	major	(func)
  major	/gone.wasm	the module was removed
  minor	/new.wasm	the module was added
  $ wasmstore compare --base main --branch ci/1 --require minor > /dev/null
  ERROR compare: 2 of 3 changes are above minor
  [5]
  $ wasmstore compare --base main --rev ci/1 new.wasm same.wasm --require minor
  minor	/new.wasm	the module was added
  $ wasmstore compare --base main --rev ci/1 new.wasm --json
  [
  {"action":"added","comparison":null,"path":"/new.wasm","verdict":"minor"}
  ]
  $ wasmstore compare --base main --rev main --require patch
  $ wasmstore compare app.wasm
  ERROR compare requires OLD and NEW, or --base REV
  [2]
  $ wasmstore compare app.wasm app.wasm --rev main
  ERROR --rev requires --base
  [2]
  $ wasmstore compare - -
  ERROR standard input (-) can be given only once
  [2]

Reports on many modules take one run.

  $ wasmstore inspect app.wasm ./log.wasm | grep -v '^$'
  hash   968e98acd3e2898569441c1769845bc3ad79616458ffcd1cce35fadb48ff7381
  kind   core module
  size   14 bytes
  paths  /app.wasm
         /gone.wasm
         /same.wasm
  sections  bytes   share  entries
    type        4  28.5 %        1
  hash  a6d07db56e42b14fc4ac98a2b5c6955b2830b51a4c9964b0c9cec9313f18c574
  kind  core module
  size  27 bytes
  imports from env
    log  (func)
  sections  bytes   share  entries
    type        4  14.8 %        1
    import     11  40.7 %        1
  $ wasmstore inspect app.wasm ./log.wasm --json | grep -o '"module":"[^"]*"'
  "module":"app.wasm"
  "module":"env"
  "module":"./log.wasm"
  $ wasmstore inspect app.wasm --json | head -c 1
  { (no-eol)
  $ wasmstore inspect app.wasm same.wasm --section type
  ERROR --section can be used only with one module
  [2]
  $ wasmstore list -l --with author --branch ci/1 | sed 's/[0-9a-f]\{64\}/HASH/'
  HASH	27	core	2026-01-01T00:00:00Z	Ann	/app.wasm
  HASH	27	core	2026-01-01T00:00:00Z	wasmstore	/new.wasm
  HASH	14	core	2026-01-01T00:00:00Z	wasmstore	/same.wasm
  $ wasmstore list -l --with author,imports,exports --branch ci/1 --json | sed 's/[0-9a-f]\{64\}/HASH/; s/[0-9a-f]\{40\}/ID/'
  [
  {"author":"Ann","commit":"ID","date":1767225600,"exports":[],"hash":"HASH","imports":[{"module":"env","name":"log","type":{"async":false,"defined_type":null,"kind":"function","parameters":[],"results":[],"text":"(func)"}}],"kind":"core","mail":"ann@example.com","path":"/app.wasm","size":27,"time":"2026-01-01T00:00:00Z"},
  {"author":"wasmstore","commit":"ID","date":1767225600,"exports":[],"hash":"HASH","imports":[{"module":"env","name":"log","type":{"async":false,"defined_type":null,"kind":"function","parameters":[],"results":[],"text":"(func)"}}],"kind":"core","mail":"wasmstore@localhost","path":"/new.wasm","size":27,"time":"2026-01-01T00:00:00Z"},
  {"author":"wasmstore","commit":"ID","date":1767225600,"exports":[],"hash":"HASH","imports":[],"kind":"core","mail":"wasmstore@localhost","path":"/same.wasm","size":14,"time":"2026-01-01T00:00:00Z"}
  ]
  $ wasmstore list -l --with imports
  ERROR --with imports and --with exports require --json
  [2]
  $ wasmstore list --with author
  ERROR --with requires -l
  [2]
  $ wasmstore list -l --with size
  ERROR --with must be a list of author, imports and exports, not 'size'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]
