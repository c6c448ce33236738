`kv-sync` publishes a branch, here to a server of our own.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore kv-server --port 0 --host 127.0.0.1 2> said & server=$!
  $ until grep -qs Listening said; do kill -0 $server || break; done
  $ site=$(sed 's/.* //' said)/site
  $ wasmstore add a.wasm b.wasm > /dev/null 2>&1; wasmstore add a.wasm a.wasm > /dev/null; wasmstore add b.wasm plugins/b.wasm > /dev/null

A dry run says what would be sent, and sends nothing that writes.

  $ wasmstore kv-sync $site --dry-run
  upload	b/516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	64	/a.wasm
  upload	b/07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	64	/plugins/b.wasm
  upload	s/89c83c37e1a55f69151ab8f812c63a6771375add153b1fb7d006c502ac91dd9e	314
  upload	m/12b67776e86e19f62b42ff8073cb30000a4296eb986264e468671a2dd2dc871a	64
  point	default/main	-	12b67776e86e19f62b42ff8073cb30000a4296eb986264e468671a2dd2dc871a
  would upload 4, skip 1, remove 0; 5 requests
  $ wasmstore kv list $site
  ERROR default/main is not published
  hint: wasmstore kv-sync publishes a branch
  [1]
  $ wasmstore kv-sync $site
  point	default/main	-	12b67776e86e19f62b42ff8073cb30000a4296eb986264e468671a2dd2dc871a
  revision 1
  $ wasmstore kv-sync $site
  nothing changed
  $ wasmstore kv list $site
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/a.wasm	64	application/wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/b.wasm	64	application/wasm
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	/plugins/b.wasm	64	application/wasm
  $ wasmstore kv get $site plugins/b.wasm | cmp - b.wasm && echo same
  same
  $ wasmstore kv get $site none.wasm
  ERROR not published: /none.wasm
  [1]

Only what changed is sent.

  $ make-wasm c.wasm 64 3; wasmstore add c.wasm a.wasm > /dev/null
  $ wasmstore kv-sync $site -v
  upload	b/f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff	64	/a.wasm
  upload	s/d6ecf7b4ebd3fc89fb3f6bd0088161e6433338d43c164426015a0ffc7c026986	314
  upload	m/17ba19ccac146cee0c4548d1bdc99550d43313f62ad8e7951e443e013f84ba4d	64
  point	default/main	12b67776e86e19f62b42ff8073cb30000a4296eb986264e468671a2dd2dc871a	17ba19ccac146cee0c4548d1bdc99550d43313f62ad8e7951e443e013f84ba4d
  revision 2
  $ wasmstore kv-sync $site --json
  {"bytes":0,"dry_run":false,"manifest":"17ba19ccac146cee0c4548d1bdc99550d43313f62ad8e7951e443e013f84ba4d","removed":0,"requests":1,"revision":null,"skipped":0,"uploaded":0}
  $ wasmstore remove /plugins/b.wasm; wasmstore kv-sync $site --json
  {"bytes":284,"dry_run":false,"manifest":"619bf69b15cb1559ac304375fbd54e9e481d7f97d033cd56d24adb5c873f8ead","removed":1,"requests":4,"revision":3,"skipped":0,"uploaded":2}

Going back uploads nothing, and a version that was gone back from comes again only if that is meant.

  $ wasmstore kv rollback $site | cut -f 1,2
  4	rollback
  $ wasmstore kv list $site | cut -f 2
  /a.wasm
  /b.wasm
  /plugins/b.wasm
  $ wasmstore kv-sync $site
  ERROR this version of default/main was published before and rolled back
  hint: --force publishes it anyway
  [4]
  $ wasmstore kv-sync $site --force | tail -1
  revision 5
  $ wasmstore kv log $site -n 3 | cut -f 1,2
  5	publish
  4	rollback
  3	publish

A late job is refused, and so are no files in the place of some.

  $ wasmstore restore main~1; wasmstore kv-sync $site
  ERROR the published revision of default/main is not an earlier commit of this branch
  hint: --force publishes it anyway
  [4]
  $ wasmstore undo; wasmstore remove /a.wasm /b.wasm; wasmstore kv-sync $site
  ERROR the branch has no files, but the published version has files
  hint: --allow-empty publishes it anyway
  [3]
  $ wasmstore kv-sync $site --allow-empty | tail -1
  revision 6

What is wrong with a target is told before anything is sent.

  $ wasmstore kv-sync site
  ERROR unknown target site: kv.site.url is not set
  hint: run wasmstore config set kv.site.url URL, or give a URL
  [1]
  $ wasmstore kv-sync workers://account/namespace
  ERROR invalid target 'workers://account/namespace': workers:// requires --head
  hint: use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head
  [2]
  $ wasmstore kv-sync http://token@localhost/site
  ERROR invalid target 'http://…': a URL must not contain a token
  hint: use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head
  [2]
  $ wasmstore kv get $site
  ERROR kv get requires a PATH
  [2]
  $ wasmstore kv list $site a.wasm
  ERROR kv list takes no PATH
  [2]
  $ wasmstore kv list $site --branch other
  ERROR default/other is not published
  hint: wasmstore kv-sync publishes a branch
  [1]
  $ kill $server; wait $server
  $ wasmstore kv list http://127.0.0.1:1/site 2>&1 | head -1
  ERROR 127.0.0.1:1: Connection refused
