Whether a host can run modules.

  $ make-interface plain.wasm 'export:run:>i'
  $ make-interface wasi.wasm 'import:wasi_snapshot_preview1.fd_write:iiii>i' 'export:memory:memory 1' 'export:_start:>'
  $ make-interface hosted.wasm 'import:env.log:ii>' 'import:wasi_snapshot_preview1.fd_seek:iiii>i' 'export:run:>'
  $ make-interface vector.wasm 'export:mul:vv>v'
  $ make-interface threads.wasm 'export:memory:shared 1 2'
  $ make-component box.wasm
  $ wasmstore add -r plain.wasm wasi.wasm hosted.wasm vector.wasm > /dev/null
  4 added
  $ wasmstore can-run mvp plain.wasm wasi.wasm hosted.wasm
  yes	plain.wasm
  yes	wasi.wasm
  yes	hosted.wasm
  $ wasmstore can-run mvp vector.wasm
  no	vector.wasm
    uses simd, which the profile does not include
  [5]
  $ wasmstore can-run wasm2 vector.wasm main:plain.wasm
  yes	vector.wasm
  yes	main:plain.wasm
  $ wasmstore can-run wasip1 plain.wasm wasi.wasm hosted.wasm
  yes	plain.wasm
  yes	wasi.wasm
  no	hosted.wasm
    import env.log: the host does not offer it
    import wasi_snapshot_preview1.fd_seek: has type (func (param i32 i32 i32 i32) (result i32)); the host offers (func (param i32 i64 i32 i32) (result i32))
    export memory: missing; the host's functions need it
  [5]
  $ wasmstore can-run wasm3 ./threads.wasm ./box.wasm
  no	./threads.wasm
    uses threads, which the profile does not include
  no	./box.wasm
    is a component; the host runs only core modules
  [5]
  $ wasmstore can-run browser ./threads.wasm - < box.wasm
  yes	./threads.wasm
  no	-
    is a component; the host runs only core modules
  [5]
  $ wasmstore can-run wasip2 ./box.wasm ./wasi.wasm
  yes	./box.wasm
  no	./wasi.wasm
    is a core module; the host runs only components
  [5]

No store is made for files.

  $ wasmstore can-run wasip1 ./wasi.wasm --root nowhere
  yes	./wasi.wasm
  $ test -e nowhere
  [1]

A host of one's own.

  $ cat > host.txt <<'END'
  > # the host of our plugins
  > features wasm2
  > env.log: (func (param i32 i32))
  > wasi_snapshot_preview1.fd_write
  > END
  $ wasmstore can-run host.txt hosted.wasm wasi.wasm ./threads.wasm
  no	hosted.wasm
    import wasi_snapshot_preview1.fd_seek: the host does not offer it
  yes	wasi.wasm
  no	./threads.wasm
    uses threads, which the profile does not include
  [5]
  $ echo 'wasi_*.fd_seek: (func (param i32 i64 i32 i32) (result i32))' >> host.txt
  $ wasmstore can-run host.txt hosted.wasm
  no	hosted.wasm
    import wasi_snapshot_preview1.fd_seek: has type (func (param i32 i32 i32 i32) (result i32)); the host offers (func (param i32 i64 i32 i32) (result i32))
  [5]
  $ wasmstore can-run host.txt hosted.wasm plain.wasm --json
  [
  {"can_run":false,"hash":"b62061e861fd4233cc82bfd28d8560f6614e90426191c27599bdbc34fc9897de","kind":"core","name":"hosted.wasm","objections":[{"name":"wasi_snapshot_preview1.fd_seek","subject":"import","text":"import wasi_snapshot_preview1.fd_seek: has type (func (param i32 i32 i32 i32) (result i32)); the host offers (func (param i32 i64 i32 i32) (result i32))"}],"problem":null,"profile":"host.txt","size":93},
  {"can_run":true,"hash":"9993d1c73dda1505bbc38363e2a6972786b948a0ae6b9396e4f759838671d1c9","kind":"core","name":"plain.wasm","objections":[],"problem":null,"profile":"host.txt","size":35}
  ]
  {"error":{"code":"cannot_run","message":"host.txt cannot run 1 of 2 modules"}}
  [5]
  $ printf '\nenv.log (func)\n' > bad.txt
  $ wasmstore can-run bad.txt plain.wasm
  ERROR bad.txt:2: expected ': ' between 'env.log' and its type
  [1]
  $ printf '\377' > bad.txt
  $ wasmstore can-run bad.txt plain.wasm
  ERROR bad.txt: not UTF-8
  [1]
  $ wasmstore can-run . plain.wasm
  ERROR .: Is a directory
  [1]

For people.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore can-run wasip1 plain.wasm hosted.wasm --color never'
  yes  plain.wasm
  no   hosted.wasm
    import wasi_snapshot_preview1.fd_seek: has type (func (param i32 i32 i32 i32) (result i32)); the host offers (func (param i32 i64 i32 i32) (result i32))
    export memory: missing; the host's functions need it
    the host does not offer from env: log
  [5]
  $ terminal 'wasmstore can-run wasm9 plain.wasm --color never'
  ERROR no profile or file wasm9: did you mean 'wasm3'?
  hint: the profiles are browser, wasip1, wasip2, wasm3, wasm2, wasm1, mvp
  [1]

What is missing, or no valid module.

  $ wasmstore can-run wasip3 plain.wasm
  ERROR no profile or file wasip3: did you mean 'wasip1'?
  hint: the profiles are browser, wasip1, wasip2, wasm3, wasm2, wasm1, mvp
  [1]
  $ wasmstore can-run nothing plain.wasm --json
  {"error":{"code":"not_found","hint":"the profiles are browser, wasip1, wasip2, wasm3, wasm2, wasm1, mvp","message":"no profile or file nothing"}}
  [1]
  $ wasmstore can-run wasip1 nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ head -c 40 wasi.wasm > cut.wasm
  $ wasmstore can-run wasip1 ./wasi.wasm ./cut.wasm
  yes	./wasi.wasm
  no	./cut.wasm
    invalid module: unexpected end-of-file
  [5]
  $ wasmstore can-run wasip1 ./cut.wasm --json
  [
  {"can_run":false,"hash":"a57b6c629e87f67ee00e58bd8b6f3ea429a5e1f21e9b91dd942e5aa26d8c3b77","kind":"core","name":"./cut.wasm","objections":null,"problem":"unexpected end-of-file","profile":"wasip1","size":40}
  ]
  {"error":{"code":"cannot_run","message":"wasip1 cannot run 1 of 1 modules"}}
  [5]
  $ wasmstore can-run wasip1
  ERROR missing expected argument '<module> ...'
  hint: usage: wasmstore can-run PROFILE MODULE...
  [2]
  $ wasmstore can-run wasip1 - -
  ERROR standard input (-) can be given only once
  [2]

Some things look like modules that run, and are not.

  $ printf '\0asm\1\0\0\0\1\4\1\140\0\0\3\2\1\0\12\13\1\11\0\6\100\13\37\100\0\13\13' > mixed.wasm
  $ printf '\0asm\1\0\0\0\5\3\1\0\1\13\10\1\2\0\101\0\13\1x' > segment.wasm
  $ printf '\0asm\1\0\0\0\4\7\1\160\0\201\255\342\4' > table.wasm
  $ printf '\0asm\1\0\0\0\0\11\7linking\2' > object.wasm
  $ wasmstore can-run browser ./mixed.wasm ./segment.wasm ./table.wasm ./object.wasm
  no	./mixed.wasm
    uses mixed-exceptions, which the profile does not include
  yes	./segment.wasm
  no	./table.wasm
    table 0 has 10000001 elements; the host allows 10000000
  no	./object.wasm
    is a relocatable object file, which must be linked before it can run
  [5]
  $ wasmstore can-run mvp ./segment.wasm
  no	./segment.wasm
    uses bulk-memory, which the profile does not include
  [5]
  $ printf 'limits javascript\n' > node.txt; wasmstore can-run node.txt ./table.wasm
  no	./table.wasm
    table 0 has 10000001 elements; the host allows 10000000
  [5]
