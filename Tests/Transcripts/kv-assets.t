Without a TARGET a folder is uploaded as kv-assets does it: the namespace is that of the Worker's site, a key has the path and
a hash of the content, and the manifest is a file that the Worker takes in.

  $ export WASMSTORE_ROOT=$PWD/none
  $ wasmstore kv-server --port 0 --host 127.0.0.1 2> said & server=$!
  $ until grep -qs Listening said; do kill -0 $server || break; done
  $ export CLOUDFLARE_API_BASE_URL=$(sed 's/.* //' said)/client/v4
  $ printf 'name = "worker"\ntype = "rust"\naccount_id = "any"\n' > wrangler.toml
  $ mkdir -p public/css; printf 'hello\n' > public/index.html; printf 2 > public/css/a.css; printf 2 > public/LICENSE
  $ echo secret > public/.env; find public -type f -exec touch -d @1611360000 {} +
  $ wasmstore kv-sync --assets public --dry-run
  upload	LICENSE.2383f197b7	1	/LICENSE
  upload	css/a.2383f197b7.css	1	/css/a.css
  upload	index.ff6cec21dc.html	6	/index.html
  would upload 3, skip 0, remove 0; 3 requests
  $ wasmstore kv-sync -a public
  Generated asset manifest data/assets.bin
  $ wasmstore kv-sync -a public
  No change to asset manifest data/assets.bin
  $ wasmstore kv-sync --dump data/assets.bin
  {
    "LICENSE": {
      "modified": 1611360000,
      "path": "LICENSE.2383f197b7",
      "size": 1
    },
    "css/a.css": {
      "modified": 1611360000,
      "path": "css/a.2383f197b7.css",
      "size": 1
    },
    "index.html": {
      "modified": 1611360000,
      "path": "index.ff6cec21dc.html",
      "size": 6
    }
  }
  $ xxd -p data/assets.bin
  030000000000000007000000000000004c4943454e534512000000000000
  004c4943454e53452e3233383366313937623700670b6000000000010000
  000000000009000000000000006373732f612e6373731400000000000000
  6373732f612e323338336631393762372e63737300670b60000000000100
  0000000000000a00000000000000696e6465782e68746d6c150000000000
  0000696e6465782e666636636563323164632e68746d6c00670b60000000
  000600000000000000
  $ url=$CLOUDFLARE_API_BASE_URL/accounts/any/storage/kv/namespaces
  $ curl -sS $url | grep -o '"title":"[^"]*"'
  "title":"__worker-workers_sites_assets"
  $ id=$(curl -sS $url | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/'); curl -sS $url/$id/keys | grep -o '"name":"[^"]*"'
  "name":"LICENSE.2383f197b7"
  "name":"css/a.2383f197b7.css"
  "name":"index.ff6cec21dc.html"
  $ curl -sS $url/$id/values/index.ff6cec21dc.html
  hello

Old keys stay, for the Worker that is running has the old manifest. They go when no manifest has had them for the grace.

  $ echo world > public/index.html; touch -d @1611360000 public/index.html
  $ wasmstore kv-sync -a public -v
  upload	index.7c96a58caa.html	6	/index.html
  Updated asset manifest data/assets.bin
  Deferred pruning [1] stale files. Run with '--prune' later to remove them.
  $ wasmstore kv-sync -a public --prune
  No change to asset manifest data/assets.bin
  Deferred pruning [1] stale files. Run with '--prune' later to remove them.
  $ export SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 10800))
  $ wasmstore kv-sync -a public --prune --grace 3h --dry-run
  remove	index.ff6cec21dc.html
  would upload 0, skip 3, remove 1; 3 requests
  $ wasmstore kv-sync -a public --prune --grace 3h --json
  {"bytes":0,"change":"unchanged","deferred":0,"dry_run":false,"manifest":"data/assets.bin","removed":1,"requests":3,"skipped":3,"uploaded":0}
  $ curl -sS $url/$id/keys | grep -o '"name":"[^"]*"'
  "name":"LICENSE.2383f197b7"
  "name":"css/a.2383f197b7.css"
  "name":"index.7c96a58caa.html"

The manifest can be that of Workers Sites, and keys those of later versions of wrangler.

  $ wasmstore kv-sync -a public --key-format wrangler4 --manifest-format sites -o site.json; cat site.json; echo
  Generated asset manifest site.json
  {"LICENSE":"LICENSE.02383f197b","css/a.css":"css/a.02383f197b.css","index.html":"index.7c96a58caa.html"}
  $ wasmstore kv-sync -a public --key-format sha256 --manifest-format json -o site.json --json; cat site.json; echo
  {"bytes":7,"change":"updated","deferred":2,"dry_run":false,"manifest":"site.json","removed":0,"requests":3,"skipped":0,"uploaded":2}
  {"files":{"LICENSE":{"k":"b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35","modified":1611360000,"n":0,"size":1,"type":"application/octet-stream"},"css/a.css":{"k":"b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35","modified":1611360000,"n":0,"size":1,"type":"text/css; charset=utf-8"},"index.html":{"k":"b/e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317","modified":1611360000,"n":0,"size":6,"type":"text/html; charset=utf-8"}},"v":1}
  $ wasmstore kv-sync --dump site.json | head -5
  {
    "LICENSE": {
      "modified": 1611360000,
      "path": "b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
      "size": 1

What wrangler's file says of a site chooses files, unless an option does.

  $ printf '[site]\nbucket = "./public"\nexclude = ["css"]\n' >> wrangler.toml
  $ wasmstore kv-sync -a public -o chosen.bin; wasmstore kv-sync --dump chosen.bin | grep -c path
  Generated asset manifest chosen.bin
  Deferred pruning [2] stale files. Run with '--prune' later to remove them.
  2
  $ wasmstore kv-sync -a public -o chosen.bin --include css; wasmstore kv-sync --dump chosen.bin | grep path
  Updated asset manifest chosen.bin
  Deferred pruning [2] stale files. Run with '--prune' later to remove them.
      "path": "css/a.2383f197b7.css",

Nothing need be sent: wrangler can upload a file, and `kv-server` takes it too.

  $ wasmstore kv-sync -a public --emit-bulk bulk.json --key-format wrangler4 -o assets.bin --include css
  bulk.json	1	133
  $ cat bulk.json
  [{"key":"css/a.02383f197b.css","value":"Mg==","base64":true,"metadata":{"ct":"text/css; charset=utf-8","n":0,"s":1,"t":1767236400}}]
  $ wasmstore kv-sync -a public --emit-bulk all.json; grep -o '"key":"[bsm]/' all.json
  all.json	4	1205
  "key":"b/
  "key":"b/
  "key":"s/
  "key":"m/
  $ curl -sS -X PUT --data-binary @all.json $url/$id/bulk
  {"success":true,"errors":[],"messages":[],"result":{"successful_key_count":4,"unsuccessful_keys":[]}} (no-eol)

Beside a branch or folder that is published with a head, a manifest can be written too.

  $ site=$(sed 's/.* //' said)/other
  $ wasmstore kv-sync $site -a public -o other.bin > /dev/null; wasmstore kv-sync --dump other.bin
  {
    "LICENSE": {
      "modified": 1611360000,
      "path": "b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
      "size": 1
    },
    "css/a.css": {
      "modified": 1611360000,
      "path": "b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
      "size": 1
    },
    "index.html": {
      "modified": 1611360000,
      "path": "b/e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317",
      "size": 6
    }
  }
  $ wasmstore kv-sync $site -a public -o other.json --manifest-format sites; cat other.json; echo
  nothing changed
  {"LICENSE":"b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35","css/a.css":"b/d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35","index.html":"b/e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317"}

What does not go together is told, and so is what is missing.

  $ wasmstore kv-sync $site -a public --prune
  ERROR kv-sync cannot prune a TARGET
  hint: use wasmstore kv prune TARGET
  [2]
  $ wasmstore kv-sync --prune
  ERROR kv-sync cannot prune a TARGET
  hint: use wasmstore kv prune TARGET
  [2]
  $ wasmstore kv-sync -a public --grace 3h
  ERROR --grace requires --prune
  [2]
  $ wasmstore kv-sync -a public --prune --grace 1h
  ERROR --grace must be at least 3h
  [2]
  $ wasmstore kv-sync $site --emit-bulk b.json
  ERROR --emit-bulk cannot be used with a TARGET: it sends nothing
  [2]
  $ wasmstore kv-sync $site -a public --key-format wrangler1
  ERROR --key-format requires --emit-bulk, or --assets without a TARGET
  [2]
  $ wasmstore kv-sync -a . 
  ERROR the folder of --assets must not be the current folder
  [1]
  $ wasmstore kv-sync --dump none
  ERROR there is no file none
  [1]
  $ wasmstore kv-sync --dump said
  ERROR said is not a manifest of assets
  [1]
  $ wasmstore kv-sync -a public -o said
  ERROR said is not a manifest of assets
  [1]
  $ printf '\n[env.staging]\n' >> wrangler.toml
  $ for o in '--env staging' --preview; do wasmstore kv-sync -a public -o other.bin $o > /dev/null; done
  $ curl -sS $url | grep -o '"title":"__[^"]*"' | sort
  "title":"__worker-staging-workers_sites_assets"
  "title":"__worker-workers_sites_assets"
  "title":"__worker-workers_sites_assets_preview"
  $ CLOUDFLARE_ENV=staging wasmstore kv-sync -a public -o other.bin --json | grep -o '"uploaded":[0-9]*'
  "uploaded":0
  $ wasmstore kv-sync -a public --env production
  ERROR wrangler.toml has no env.production
  [1]
  $ sed -i '/^name/d' wrangler.toml; wasmstore kv-sync -a public
  ERROR wrangler.toml has no name
  [1]
  $ rm wrangler.toml; wasmstore kv-sync -a public
  ERROR there is no wrangler.toml in this folder
  hint: give --wrangler FILE, or a TARGET
  [1]
  $ kill $server; wait $server
