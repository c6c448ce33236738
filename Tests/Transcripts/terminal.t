On a terminal there are columns and short ids; a pipe has the lines that programs read.

  $ terminal() { script -qec "stty cols ${COLUMNS:-80} rows ${LINES:-50}; $1; echo status \$?" /dev/null < /dev/null | tr -d '\r'; }
  $ export TERM=dumb PAGER='sed s/^/paged:/' NO_COLOR=1
  $ make-interface app.wasm 'import:env.log:ii>' 'import:env.time:>i' 'export:run:>i'
  $ make-wasm a.wasm 3000 1; make-wasm b.wasm 70000 2
  $ wasmstore add app.wasm > /dev/null
  $ mkdir build; cp a.wasm b.wasm app.wasm build
  $ terminal 'wasmstore add -r build'
  2 added, 1 unchanged
  added      44def121  /a.wasm
  unchanged  ba4abe2b  /app.wasm
  added      6a202778  /b.wasm
  status 0
  $ make-wasm build/a.wasm 3000 5
  $ terminal 'wasmstore add -r build'
  1 updated, 2 unchanged
  updated    aac8977b  /a.wasm
  unchanged  ba4abe2b  /app.wasm
  unchanged  6a202778  /b.wasm
  status 0
  $ terminal 'wasmstore list'
  aac8977b  /a.wasm
  ba4abe2b  /app.wasm
  6a202778  /b.wasm
  status 0
  $ wasmstore list
  aac8977bba4ac77586201364b04b9c35f5822c48d17502b5dbe32bf2c9141456	/a.wasm
  ba4abe2b852642705aa5a551432c313ac7de418e1847af3e560f27e6b88828e5	/app.wasm
  6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f	/b.wasm
  $ terminal 'wasmstore list nothere'
  there is nothing at nothere on main
  status 0
  $ terminal 'wasmstore versions a.wasm'
  N  HASH      COMMIT
  0  44def121  4ed650c
  1  aac8977b  d336b35
  status 0
  $ terminal 'wasmstore versions a.wasm --all'
  HASH      COMMIT
  44def121  4ed650c
  aac8977b  d336b35
  status 0
  $ wasmstore versions a.wasm
  44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141	commit: 4ed650c19d7c4bf8f12039e58ef60ec11e0786a2
  aac8977bba4ac77586201364b04b9c35f5822c48d17502b5dbe32bf2c9141456	commit: d336b35903059f85a9b1e9ddd9295384cf7d3b32
  $ terminal 'wasmstore audit -1'
  Thu Jan  1 00:00:00 2026  wasmstore  d336b35
  status 0
  $ wasmstore audit -1
  Thu Jan  1 00:00:00 2026	wasmstore	d336b35903059f85a9b1e9ddd9295384cf7d3b32
  $ terminal 'wasmstore audit --moves' | sed 's/^[A-Z].* 20[0-9][0-9] /TIME /'
  TIME  wasmstore  4ed650c → d336b35  add 3 modules
  TIME  wasmstore  32e9419 → 4ed650c  add 3 modules
  TIME  wasmstore  none → 32e9419     add /app.wasm
  status 0
  $ terminal 'wasmstore undo --list' | sed 's/20[0-9-]* [0-9:]*/TIME/'
  0  TIME  add 3 modules  main  4ed650c → d336b35
  1  TIME  add 3 modules  main  32e9419 → 4ed650c
  2  TIME  add /app.wasm  main  none → 32e9419
  status 0
  $ terminal 'wasmstore rollback a.wasm'
  rolled back /a.wasm on main: 1 updated (/a.wasm); commit b4e11a9
  status 0
  $ terminal 'wasmstore undo'
  undid rollback /a.wasm: main b4e11a9 → d336b35
  status 0
  $ terminal 'wasmstore undo'
  undid add 3 modules: main d336b35 → 4ed650c
  status 0

Search says what matched, and how the words were read where nothing did.

  $ terminal 'wasmstore search import:env export:run'
  ba4abe2b  /app.wasm  import env.log, import env.time, export run
  status 0
  $ terminal 'wasmstore search "import:*" --all'
  ba4abe2b  4ed650c  /app.wasm  import env.log, import env.time
  status 0
  $ wasmstore search import:env export:run
  ba4abe2b852642705aa5a551432c313ac7de418e1847af3e560f27e6b88828e5	/app.wasm
  $ terminal 'wasmstore search env'
  'env' is used as a path; for a name, use 'import:*env*' or 'export:*env*'
  use --all to search earlier versions too, or --all-refs for all branches and tags
  status 0
  $ terminal 'wasmstore search env --all'
  'env' is used as a path; for a name, use 'import:*env*' or 'export:*env*'
  use --all-refs to search merged branches and the other branches and tags too
  status 0

A report that is longer than the screen goes through the pager; long lists are numbers unless asked for.

  $ make-interface wide.wasm $(seq -f 'import:env.f%g:ii>' 60) $(seq -f 'export:g%g:>i' 51) export:memory:'memory 1'
  $ LINES=10 terminal 'wasmstore inspect ./app.wasm' | grep -c '^paged:'
  18
  $ terminal 'wasmstore inspect ./app.wasm'
  hash       ba4abe2b852642705aa5a551432c313ac7de418e1847af3e560f27e6b88828e5
  kind       core module
  size       68 bytes
  functions  1

  sections    bytes   share  entries
    type         14  20.5 %        3
    import       22  32.3 %        2
    function      2   2.9 %        1
    export        7  10.2 %        1
    code          5   7.3 %        1

  imports from env
    log   (func (param i32 i32))
    time  (func (result i32))

  exports
    run  (func (result i32))
  status 0
  $ terminal 'wasmstore inspect ./wide.wasm' | grep -v '^  '
  hash       82a88fba9042dc88d82cff4d4748eb6728bf8d625d62583d8bd1f8d95ae28d15
  kind       core module
  size       1,688 bytes
  functions  51
  memories   (memory 1)

  sections    bytes   share  entries

  imports from env: 60 names (--all shows all)

  exports: 52 names (--all shows all)
  status 0
  $ terminal 'wasmstore inspect ./wide.wasm --all' | grep -c '^paged:  [fg]'
  112
  $ wasmstore inspect ./wide.wasm | grep -c '^  [fg][0-9]'
  111
  $ LINES=10 terminal 'wasmstore inspect ./app.wasm --no-pager' | grep -c '^paged:'
  0
  [1]

Comparisons tell how much each change matters; what a host lacks is grouped.

  $ terminal 'wasmstore compare ./app.wasm ./wide.wasm' | head -n 4
  major: 1 export removed, 52 exports added, 2 imports removed, 60 imports added
  major  -export run: (func (result i32))
  minor  +export g1: (func (result i32))
  minor  +export g2: (func (result i32))
  $ echo 'env.f1' > host.txt; terminal 'wasmstore can-run host.txt ./wide.wasm ./app.wasm'
  no   ./wide.wasm
    the host does not offer from env: f2, f3, f4, f5, f6, f7, f8, f9, f10, f11 and
    49 more
  no   ./app.wasm
    the host does not offer from env: log, time
  status 5

Words of git and of the shell are answered with ours; a wrong command line with the whole usage.

  $ for word in ls rm cat show init clone checkout push reflog blame reset; do terminal "wasmstore $word" | grep hint; done
  hint: wasmstore list
  hint: wasmstore remove PATH
  hint: wasmstore find PATH
  hint: wasmstore inspect PATH for a module, wasmstore commit REV for a commit
  hint: not needed: wasmstore add creates the store
  hint: git clone --mirror ROOT, or wasmstore backup FILE and restore-backup FILE
  hint: wasmstore --branch NAME COMMAND, WASMSTORE_BRANCH, or wasmstore export -o DIR
  hint: git --git-dir ROOT push
  hint: wasmstore undo --list, or wasmstore audit --moves
  hint: wasmstore audit PATH
  hint: wasmstore restore REV
  $ wasmstore ls
  ERROR unknown command 'ls'
  hint: wasmstore list
  [2]
  $ wasmstore branch -d x; wasmstore branch -m x y; wasmstore tag -d x; wasmstore log -p
  ERROR unknown option '-d' of branch: did you mean '--delete'?
  ERROR unknown option '-m' of branch: did you mean '--rename'?
  ERROR unknown option '-d' of tag: did you mean '--delete'?
  ERROR unknown option '-p' of log: did you mean '--stat'?
  [2]
  $ terminal 'wasmstore tag a b c'
  ERROR unexpected argument 'c'
  hint: usage: wasmstore tag
               wasmstore tag NAME [REV] [-m MSG] [--dry-run]
               wasmstore tag NAME --delete [--dry-run]
  status 2
  $ terminal 'wasmstore restore a.wasm'
  ERROR unknown revision: a.wasm
  hint: wasmstore restore REV a.wasm, or wasmstore rollback a.wasm
  status 1
  $ wasmstore log -1 --oneline | wc -l
  1
  $ wasmstore log main~1..main
  commit 4ed650c19d7c4bf8f12039e58ef60ec11e0786a2
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Import 3 modules
  
  $ wasmstore diff main~1..main
  added	/a.wasm	44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141
  added	/b.wasm	6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f
  $ wasmstore diff main~1 main
  added	/a.wasm	44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141
  added	/b.wasm	6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f
  $ wasmstore branch -v
  * main	4ed650c19d7c4bf8f12039e58ef60ec11e0786a2	Import 3 modules
  $ terminal 'wasmstore branch -v'
  * main  4ed650c  Import 3 modules
  status 0
  $ wasmstore branch dev; wasmstore branch --list 'd*'
  dev

A path that is not there may stand elsewhere.

  $ wasmstore add app.wasm libs/math > /dev/null; wasmstore add app.wasm tools/math.wasm > /dev/null; wasmstore add app.wasm libs/only.wasm > /dev/null
  $ terminal 'wasmstore hash math'
  ERROR not found: /math on main
  hint: did you mean /libs/math or /tools/math.wasm?
  status 1
  $ terminal 'wasmstore versions elsewhere/only'
  ERROR not found: /elsewhere/only on main
  hint: did you mean /libs/only.wasm?
  status 1
  $ wasmstore hash only.wasm
  ERROR not found: /only.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore hash only.wasm --json
  {"error":{"code":"not_found","hint":"did you mean /libs/only.wasm?","message":"not found: /only.wasm on main"}}
  [1]
  $ wasmstore hash nowhere --json
  {"error":{"code":"not_found","hint":"wasmstore list shows the modules of the branch","message":"not found: /nowhere on main"}}
  [1]
