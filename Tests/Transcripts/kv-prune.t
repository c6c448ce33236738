`kv prune` deletes what no version names any more that is kept. Here four versions are published, and time goes by: the
server's clock is put forward.

  $ export WASMSTORE_ROOT=$PWD/store WASMSTORE_TEST_RETRY_WAIT=0.01
  $ serve() { rm -f said; wasmstore kv-server --host 127.0.0.1 --data kv.db "$@" 2> said & server=$!
  >   until grep -qs Listening said; do kill -0 $server || break; done; site=$(sed 's/.* //' said)/site; }
  $ serve --port 0
  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; wasmstore add $n.wasm a.wasm > /dev/null 2>&1; wasmstore kv-sync $site | tail -n 1; done
  revision 1
  revision 2
  revision 3
  revision 4

What was stored within the grace stays.

  $ wasmstore kv prune $site --keep 2
  floor	default/main	3
  would delete 0, keep 12
  $ wasmstore kv prune $site --grace 1h
  ERROR --grace must be at least 3h: a running publish may need values that it has stored
  [2]
  $ kill $server; wait $server
  $ serve --port 0 --faults ahead=100000
  $ wasmstore kv prune $site --keep 2
  floor	default/main	3
  delete	b/07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  delete	b/516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  delete	m/8e7ea73d05671d66ef900b70d6b45a9d64402cbfd415c51c23d9b48f961d30e1
  delete	m/c967b073641760d9fe3d43b6ee2d329adc93ca7676e561fdf603a79b1f3f55a4
  delete	s/c19085586b9005398d3bff172d17cc913c6cf153520f3c0ec30649c582a6ac1f
  delete	s/e41f4a4fc2b2e6f9219354c2cbc5702b705de67f2acf96498c13e7ec77bd27eb
  would delete 6, keep 6
  $ wasmstore kv prune $site --keep 2 --yes
  floor	default/main	3
  deleted 6, kept 6
  $ wasmstore kv prune $site --keep 2 --yes --json
  {"deleted":[],"dry_run":false,"floors":[{"branch":"main","floor":3,"store":"default"}],"kept":6,"leftovers":0,"requests":17}

What is kept can be read, and gone back to; what was given up cannot.

  $ wasmstore kv get $site a.wasm | cmp - 4.wasm && echo same
  same
  $ wasmstore kv rollback $site --to 3 | cut -f 1,2
  5	rollback
  $ wasmstore kv get $site a.wasm | cmp - 3.wasm && echo same
  same
  $ wasmstore kv rollback $site --to 2
  ERROR revision 2 of default/main was deleted by a prune
  hint: wasmstore kv log shows the revisions
  [3]
  $ wasmstore kv rollback $site --to 9
  ERROR default/main has no revision 9
  hint: wasmstore kv log shows the revisions
  [1]
  $ wasmstore kv log $site | cut -f 1,2
  5	rollback
  4	publish
  3	publish
  2	publish
  1	publish

Where nothing is published there is nothing to prune, and a word is wanted where nothing keeps publishers out.

  $ wasmstore kv prune ${site%site}other --yes
  ERROR nothing is published in this target
  [1]
  $ wasmstore kv-sync $site --head kv | tail -n 1
  revision 1
  $ wasmstore kv log $site --head kv | cut -f 1,2
  1	publish
  $ wasmstore kv prune $site --head kv --yes
  ERROR this target cannot lock out publishers during a prune
  hint: use --offline if nobody publishes during the prune
  [3]
  $ alone=${site%site}alone; wasmstore kv-sync $alone --head kv | tail -n 1
  revision 1
  $ wasmstore kv prune $alone --head kv --yes --offline
  floor	default/main	1
  deleted 0, kept 3

What the server's heads name is not known to who prunes with heads that are values, so that is refused. The other way round
both are kept.

  $ wasmstore kv prune $site --head kv --yes --offline 2> error; echo $?; sed "s|http.*/site|SITE|" error
  3
  ERROR SITE has heads of this target too
  hint: use --head SITE to keep the values of both
  $ wasmstore kv prune $site --yes | tail -n 1
  deleted 0, kept 8
  $ kill $server; wait $server

What is failing for a moment is tried again.

  $ serve --port 0 --faults seed=1,refused=0.2,failed=0.2,partial=0.5
  $ make-wasm 5.wasm 64 5; wasmstore add 5.wasm b.wasm > /dev/null; wasmstore kv-sync $site --force | tail -n 1
  revision 6
  $ wasmstore kv get $site b.wasm | cmp - 5.wasm && echo same
  same
  $ kill $server; wait $server

Options that do not go together, and targets that give a token away.

  $ wasmstore kv list http://localhost:1/site --yes
  ERROR --yes, --keep, --grace and --offline can be used only with kv prune
  [2]
  $ wasmstore kv-sync http://localhost:1/site --concurrency 6
  ERROR --concurrency must be a number from 1 to 5
  [2]
  $ wasmstore kv-server --faults refused=2
  ERROR --faults must be name=number, separated by commas: refused, failed, reset, partial, slow (shares from 0 to 1); retry-after, stale, ahead (seconds), delay (milliseconds), seed
  [2]
  $ CLOUDFLARE_API_TOKEN=secret wasmstore kv list http://kv.example.com/site
  ERROR invalid target 'http://kv.example.com/client/v4/accounts/local/storage/kv/namespaces': a token is sent to another machine only over https
  hint: use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head
  [2]
  $ wasmstore kv list workers://account/site --head site.example.com
  ERROR invalid target 'site.example.com': --head must be kv, or an http or https URL
  hint: use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head
  [2]
