#requires: nats-server

`kv-sync --mirror` keeps each path of a branch as a key, here on a NATS server of our own.

  $ export WASMSTORE_ROOT=$PWD/store
  $ nats-server -a 127.0.0.1 -p -1 -js -sd $PWD/data --ports_file_dir $PWD 2> log & server=$!
  $ until grep -qs nats: nats-server_$server.ports; do kill -0 $server || break; done
  $ url=$(grep -o 'nats://[0-9.:]*' nats-server_$server.ports)
  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm large.wasm 5000 3
  $ wasmstore add a.wasm > /dev/null 2>&1; wasmstore add b.wasm > /dev/null; wasmstore add large.wasm > /dev/null
  $ wasmstore add b.wasm "plugins/a b.wasm" > /dev/null

A dry run tells what would be written there too.

  $ wasmstore kv-sync $url/SITE --mirror PATHS --inline-max 1k --dry-run
  upload	b/516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	64	/a.wasm
  upload	b/07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	64	/b.wasm
  upload	b/e35af33172fb7fef09128ed46b2aa3ad53887209cc9207fb4b649caf38fa7a54	5000	/large.wasm
  upload	s/6fe634ff6f41134160c4df53a9fe0e0376db0d84065f302657685ee6420e522b	406
  upload	m/aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d	64
  point	default/main	-	aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d
  put	a.wasm	64	/a.wasm
  put	b.wasm	64	/b.wasm
  put	large.wasm	240	/large.wasm
  put	plugins/a=20b.wasm	64	/plugins/a b.wasm
  mirror	PATHS	-	aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d
  would upload 5, skip 1, remove 0, mirror 4; 15 requests
  $ wasmstore kv-sync $url/SITE --mirror PATHS --inline-max 1k
  point	default/main	-	aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d
  revision 1
  mirror	PATHS	-	aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d
  $ wasmstore kv-sync $url/SITE --mirror PATHS
  nothing changed
  $ wasmstore kv-sync $url/SITE --mirror PATHS --json
  {"bytes":0,"dry_run":false,"manifest":"aa8426a51104ba8c77e2fe39f3edf5e0160e676b02ad882e95897aeb05195e9d","mirror":{"bucket":"PATHS","bytes":0,"deleted":0,"put":0},"removed":0,"requests":6,"revision":null,"skipped":0,"uploaded":0}

Only what changed is written. The form stays until another one is named.

  $ make-wasm c.wasm 64 4; wasmstore add c.wasm a.wasm > /dev/null; wasmstore remove b.wasm > /dev/null
  $ wasmstore kv-sync $url/SITE --mirror PATHS -v | cut -f 1-2
  upload	b/ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  upload	s/933a3c0aacffe8043aeed6cb62b6bc3f981c1d9b3320eda1ad13c03a32d8c19a
  upload	m/7bd2140b1b5931e835d2c39961815c11b8876aaf85a5838848ffad2e79bb5c33
  remove	/b.wasm
  point	default/main
  revision 2
  put	a.wasm
  delete	b.wasm
  mirror	PATHS
  $ wasmstore kv-sync $url/SITE --mirror PATHS --key-style dots --inline-max 0 --dry-run | cut -f 1-2
  put	a=2Ewasm
  put	large=2Ewasm
  put	plugins.a=20b=2Ewasm
  delete	a.wasm
  delete	large.wasm
  delete	plugins/a=20b.wasm
  mirror	PATHS
  would upload 0, skip 0, remove 0, mirror 6; 7 requests
  $ wasmstore kv-sync $url/SITE --mirror PATHS --dry-run
  would upload 0, skip 0, remove 0, mirror 0; 6 requests
  $ wasmstore kv rollback $url/SITE --mirror PATHS | cut -f 1-2
  3	rollback
  $ wasmstore kv-sync $url/SITE --mirror PATHS
  ERROR this version of default/main was published before and rolled back
  hint: --force publishes it anyway
  [4]
  $ wasmstore kv-sync $url/SITE --mirror PATHS --force --json
  {"bytes":448,"dry_run":false,"manifest":"7bd2140b1b5931e835d2c39961815c11b8876aaf85a5838848ffad2e79bb5c33","mirror":{"bucket":"PATHS","bytes":64,"deleted":1,"put":1},"removed":1,"requests":11,"revision":4,"skipped":0,"uploaded":3}

What cannot be a mirror is refused before anything is published.

  $ wasmstore kv-sync $url/OTHER --mirror PATHS
  ERROR PATHS is the mirror of default/main in SITE
  [3]
  $ wasmstore kv-sync $url/SITE --mirror PATHS --name other
  ERROR PATHS is the mirror of default/main in SITE
  [3]
  $ wasmstore kv-sync $url/SITE --mirror SITE
  ERROR --mirror must not be the bucket of TARGET, which has the heads
  [2]
  $ wasmstore kv-sync $url/OTHER --mirror SITE
  ERROR SITE is not a mirror: it has other keys, such as _wasmstore.head.default.main
  hint: give a bucket that is empty or does not exist
  [3]
  $ wasmstore kv-sync $url/OTHER --mirror P.Q
  ERROR not a valid name of a bucket: P.Q
  [1]
  $ wasmstore kv-sync $url/OTHER --mirror NEW --inline-max 1MiB
  ERROR NEW allows messages of 1048576 bytes, which is too small for values of 1048576 bytes with 512 of headers
  hint: use a smaller --inline-max, or a larger max_payload of the server
  [1]
  $ wasmstore kv list $url/OTHER
  ERROR default/main is not published
  hint: wasmstore kv-sync publishes a branch
  [1]
  $ wasmstore kv-sync http://localhost:1/site --mirror PATHS
  ERROR --mirror can be used only with a NATS server
  [2]
  $ wasmstore kv-sync --mirror PATHS
  ERROR --mirror requires a TARGET
  [2]
  $ wasmstore kv-sync $url/SITE --inline-max 1k
  ERROR --inline-max and --key-style require --mirror
  [2]
  $ wasmstore kv-sync $url/SITE --mirror PATHS --key-style tabs
  ERROR --key-style must be slashes or dots, not 'tabs'
  hint: usage: wasmstore kv-sync TARGET [--assets DIR] [--head URL] [--dry-run]
               wasmstore kv-sync --assets DIR [-w FILE] [-o FILE] [--prune]
               wasmstore kv-sync --emit-bulk FILE [--assets DIR] | --dump FILE
  [2]
  $ wasmstore kv list $url/SITE --mirror PATHS
  ERROR --to and --mirror can be used only with kv rollback
  [2]

A context of the `nats` program may say where the server is.

  $ mkdir -p $HOME/.config/nats/context; echo "{\"url\": \"$url\"}" > $HOME/.config/nats/context/local.json
  $ wasmstore kv list nats:///SITE
  ERROR TARGET has no server, and no NATS context is selected
  hint: give --nats-context NAME, or set NATS_CONTEXT
  [1]
  $ wasmstore kv list nats:///SITE --nats-context local | wc -l
  3
  $ NATS_CONTEXT=local wasmstore kv list nats:///SITE | wc -l
  3
  $ wasmstore kv list nats:///SITE --nats-context none
  ERROR no NATS context none: $HOME/.config/nats/context/none.json does not exist
  [1]
  $ wasmstore kv list nats:///SITE --nats-context ../local
  ERROR '../local' is not a valid name of a NATS context
  [2]
  $ wasmstore kv list $url/SITE --nats-context local
  ERROR --nats-context selects the servers; use nats:///BUCKET as TARGET
  [2]
  $ wasmstore kv list http://localhost:1/site --nats-context local
  ERROR --nats-context requires a TARGET nats:///BUCKET
  [2]

A prune keeps what is young.

  $ wasmstore kv prune $url/SITE --keep 1 --yes
  floor	default/main	4
  deleted 0, kept 8
  $ kill $server; wait $server 2> waited
