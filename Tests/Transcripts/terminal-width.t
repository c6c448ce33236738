#requires: script

The width of the terminal decides where the lines of a table end; nothing is cut off.

  $ terminal() { script -qec "stty cols $1 rows 50; $2; echo status \$?" /dev/null < /dev/null | tr -d '\r'; }
  $ export TERM=dumb NO_COLOR=1
  $ make-interface a.wasm 'import:wasi_snapshot_preview1.fd_write:ii>i' 'import:env.log:ii>' 'export:run:>i'
  $ make-interface b.wasm 'import:wasi_snapshot_preview1.fd_write:iiii>i' 'export:run:>i' 'export:stop:>i'
  $ long=vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  $ for path in app.wasm 日本語/短.wasm $long; do wasmstore add a.wasm $path > /dev/null; done
  $ wasmstore tag v1 -m 'The first release, with everything that was asked for in spring'
  $ wasmstore branch feature/observability-with-a-long-name
  $ wasmstore add b.wasm app.wasm -m 'Give the application a way to stop, because the scheduler of customers needs one' > /dev/null
  $ wasmstore add b.wasm $long > /dev/null
  $ terminal 80 'wasmstore search import:*'
  8ae37a75  /app.wasm
      import wasi_snapshot_preview1.fd_write
  8ae37a75  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      import wasi_snapshot_preview1.fd_write
  88fd68e4  /日本語/短.wasm
      import wasi_snapshot_preview1.fd_write, import env.log
  status 0
  $ terminal 120 'wasmstore search import:*'
  8ae37a75  /app.wasm        import wasi_snapshot_preview1.fd_write
  8ae37a75  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      import wasi_snapshot_preview1.fd_write
  88fd68e4  /日本語/短.wasm  import wasi_snapshot_preview1.fd_write, import env.log
  status 0
  $ terminal 80 'wasmstore diff v1'
  updated  88fd68e4 → 8ae37a75  +3 B  /app.wasm
  updated  88fd68e4 → 8ae37a75  +3 B  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  status 0
  $ terminal 80 'wasmstore branch -v'
    feature/observability-with-a-long-name  b2a54f9
      Import /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  * main                                    dc6be9a
      Import /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  status 0
  $ terminal 120 'wasmstore branch -v'
    feature/observability-with-a-long-name  b2a54f9
      Import /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  * main                                    dc6be9a
      Import /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  status 0
  $ terminal 80 'wasmstore tag'
  v1  b2a54f9  2026-01-01 00:00  wasmstore
      The first release, with everything that was asked for in spring
  status 0
  $ terminal 120 'wasmstore tag'
  v1  b2a54f9  2026-01-01 00:00  wasmstore  The first release, with everything that was asked for in spring
  status 0
  $ terminal 80 'wasmstore audit app.wasm --moves' | sed 's/^[A-Z].* 20[0-9][0-9] /TIME                    /'
  TIME                     wasmstore  b2a54f9 → d2aea5b  88fd68e4 → 8ae37a75
      add /app.wasm
  TIME                     wasmstore  none → 36b4b39     none → 88fd68e4
      add /app.wasm
  status 0
  $ terminal 120 'wasmstore audit app.wasm --moves' | sed 's/^[A-Z].* 20[0-9][0-9] /TIME                    /'
  TIME                     wasmstore  b2a54f9 → d2aea5b  88fd68e4 → 8ae37a75  add /app.wasm
  TIME                     wasmstore  none → 36b4b39     none → 88fd68e4      add /app.wasm
  status 0
  $ terminal 80 'wasmstore undo --list' | sed 's/20[0-9-]* [0-9:]*/TIME               /'
  0  TIME                 add /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      main  d2aea5b → dc6be9a
  1  TIME                 add /app.wasm  main  b2a54f9 → d2aea5b
  2  TIME                 branch feature/observability-with-a-long-name
                          feature/observability-with-a-long-name  none → b2a54f9
  3  TIME                 tag v1  v1  none → 8aae96a
  4  TIME                 add /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      main  1a1b98b → b2a54f9
  5  TIME                 add /日本語/短.wasm  main  36b4b39 → 1a1b98b
  6  TIME                 add /app.wasm  main  none → 36b4b39
  status 0
  $ terminal 80 'wasmstore compare --base v1'
  major  /app.wasm  1 export added, 1 import removed, 1 import changed
    minor  +export stop: (func (result i32))
    major  ~import wasi_snapshot_preview1.fd_write: (func (param i32 i32) (result
           i32)) → (func (param i32 i32 i32 i32) (result i32))
    minor  -import env.log: (func (param i32 i32))
  major  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      1 export added, 1 import removed, 1 import changed
    minor  +export stop: (func (result i32))
    major  ~import wasi_snapshot_preview1.fd_write: (func (param i32 i32) (result
           i32)) → (func (param i32 i32 i32 i32) (result i32))
    minor  -import env.log: (func (param i32 i32))
  status 0
  $ terminal 80 'wasmstore compare v1:app.wasm app.wasm'
  major: 1 export added, 1 import removed, 1 import changed
  minor  +export stop: (func (result i32))
  major  ~import wasi_snapshot_preview1.fd_write: (func (param i32 i32) (result
         i32)) → (func (param i32 i32 i32 i32) (result i32))
  minor  -import env.log: (func (param i32 i32))
  status 0

Reports have values that are folded.

  $ make-interface wide.wasm 'import:wasi_snapshot_preview1.path_open_with_a_long_name:iiiiiiiii>i'
  $ terminal 80 'wasmstore inspect ./wide.wasm' | tail -n 5

  imports from wasi_snapshot_preview1
    path_open_with_a_long_name  (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32)
                                (result i32))
  status 0
  $ terminal 120 'wasmstore inspect ./wide.wasm' | tail -n 4

  imports from wasi_snapshot_preview1
    path_open_with_a_long_name  (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32))
  status 0
  $ make-interface many.wasm $(seq -f 'import:env.some-function-%g:ii>' 12)
  $ terminal 80 'wasmstore can-run wasip1 ./many.wasm'
  no   ./many.wasm
    export memory: missing; the host's functions need it
    the host does not offer from env: some-function-1, some-function-2,
    some-function-3, some-function-4, some-function-5, some-function-6,
    some-function-7, some-function-8, some-function-9, some-function-10 and 2 more
  status 5

A policy, and a merge with a conflict.

  $ wasmstore config set branch.feature/*.policy 'size=50 imports=wasi_snapshot_preview1.*'
  $ terminal 80 'wasmstore config list'
  wasmstore.branch.feature/*.policy  size=50 imports=wasi_snapshot_preview1.*
  status 0
  $ terminal 80 'wasmstore policy check feature/observability-with-a-long-name'
  size     /app.wasm        it has 93 bytes; at most 50 is allowed
  imports  /app.wasm        it imports env.log; allowed: wasi_snapshot_preview1.*
  size     /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      it has 93 bytes; at most 50 is allowed
  imports  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
      it imports env.log; allowed: wasi_snapshot_preview1.*
  size     /日本語/短.wasm  it has 93 bytes; at most 50 is allowed
  imports  /日本語/短.wasm  it imports env.log; allowed: wasi_snapshot_preview1.*
  ERROR 3 modules violate the policy of feature/observability-with-a-long-name
  status 5
  $ wasmstore branch other --from v1; make-interface c.wasm 'export:run:>i'; wasmstore add c.wasm $long --branch other > /dev/null
  $ terminal 80 'wasmstore merge other'
  ERROR merge of other into main: 1 conflict
  conflict  base 88fd68e4  main 8ae37a75  other 9993d1c7  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  hint: use --ours, --theirs, or --pick /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm=theirs
  status 4
  $ terminal 80 'wasmstore merge other --theirs'
  merged other into main: 1 updated (/vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm); commit 053e8ee
  status 0
  $ wasmstore undo
  $ wasmstore branch more --from v1
  $ for n in 1 2 3 4; do wasmstore add b.wasm lib/with-a-long-name-$n.wasm --branch more > /dev/null; done
  $ terminal 80 'wasmstore merge more --no-ff'
  merged more into main: 4 added (/lib/with-a-long-name-1.wasm, …); commit 6aebd52
  status 0
  $ wasmstore undo; terminal 120 'wasmstore merge more --no-ff'
  merged more into main: 4 added (/lib/with-a-long-name-1.wasm, /lib/with-a-long-name-2.wasm, …); commit 6aebd52
  status 0

A report goes through the pager also if it is longer than the screen only because its lines are wider.

  $ terminal 80 'stty rows 22; PAGER="sed s/^/paged:/" wasmstore inspect ./a.wasm' | grep -c paged
  0
  [1]
  $ terminal 40 'stty rows 22; PAGER="sed s/^/paged:/" wasmstore inspect ./a.wasm' | grep -c paged
  21

Files that are not modules.

  $ mkdir build; head -c 20 a.wasm > build/cut.wasm; cp b.wasm build/good.wasm
  $ terminal 80 'wasmstore validate build/good.wasm build/cut.wasm'
  valid    build/good.wasm
  invalid  build/cut.wasm  unexpected end-of-file
  status 5
  $ terminal 80 'wasmstore add -r build'
  ERROR invalid module build/cut.wasm: unexpected end-of-file
  status 1
  $ terminal 80 'wasmstore add build/good.wasm app.wasm --dry-run'
  would keep  8ae37a75  /app.wasm
  status 0
  $ terminal 80 'wasmstore add -r build/good.wasm --to 日本語 --delete --dry-run'
  would be: 1 added, 1 removed
  would add     8ae37a75  /日本語/good.wasm
  would remove  88fd68e4  /日本語/短.wasm
  status 0
  $ terminal 80 'wasmstore erase v1:app.wasm --dry-run' | sort | head -n 3
  5e22c8d  fe61c6c  refs/heads/more
  6aebd52  707d14f  refs/heads/main
  8aae96a  ca7d38c  refs/tags/v1
  $ terminal 80 'wasmstore inspect app.wasm --section code'
  SECTION  OFFSET  BYTES  ENTRIES
  code     87      9      2
  status 0

What is published.

  $ wasmstore kv-server --port 0 2> said & server=$!
  $ until grep -qs Listening said; do sleep 0.1; done
  $ site=$(sed 's/.* //' said)/site
  $ terminal 80 "wasmstore kv-sync $site --dry-run"
  upload  b/8ae37a75  96 B   /app.wasm
  upload  b/88fd68e4  93 B   /日本語/短.wasm
  upload  s/9b346a89  832 B
  upload  m/a0966c02  64 B
  point  default/main  -  a0966c02
  would upload 4, skip 5, remove 0; 5 requests
  status 0
  $ terminal 80 "wasmstore kv-sync $site"
  point  default/main  -  a0966c02
  revision 1
  status 0
  $ terminal 80 "wasmstore kv list $site"
  HASH      SIZE  TYPE              PATH
  8ae37a75  96 B  application/wasm  /app.wasm
  8ae37a75  96 B  application/wasm  /lib/with-a-long-name-1.wasm
  8ae37a75  96 B  application/wasm  /lib/with-a-long-name-2.wasm
  8ae37a75  96 B  application/wasm  /lib/with-a-long-name-3.wasm
  8ae37a75  96 B  application/wasm  /lib/with-a-long-name-4.wasm
  8ae37a75  96 B  application/wasm  /vendor/example.com/distributed-tracing/exporters/0.11.1/share/wasi-preview-1/exporter.wasm
  88fd68e4  93 B  application/wasm  /日本語/短.wasm
  status 0
  $ terminal 80 "wasmstore kv log $site" | sed 's/20[0-9-]* [0-9:]*/TIME            /'
  REVISION  KIND     TIME              MANIFEST  COMMIT   AUTHOR
  1         publish  TIME              a0966c02  6aebd52  wasmstore
  status 0
  $ terminal 80 "wasmstore kv get $site app.wasm"
  ERROR not writing 96 B of binary data to a terminal
  hint: use a pipe
  status 3
  $ kill $server; wait $server
