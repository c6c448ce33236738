Where is published can have a name: that of settings of the store.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 64 1; wasmstore add a.wasm > /dev/null 2>&1
  $ echo secret > token; wasmstore kv-server --port 0 --host 127.0.0.1 --token-file token 2> said & server=$!
  $ until grep -qs Listening said; do kill -0 $server || break; done
  $ host=$(sed 's/.* //' said)
  $ wasmstore kv-sync site
  ERROR unknown target site: kv.site.url is not set
  hint: run wasmstore config set kv.site.url URL, or give a URL
  [1]
  $ wasmstore config set kv.site.url $host/site
  $ wasmstore kv-sync site
  ERROR head: the token is unknown, or does not allow this
  hint: CLOUDFLARE_API_TOKEN is used for the values, WASMSTORE_HEAD_TOKEN for the head
  [14]
  $ wasmstore config set kv.site.tokenFile $PWD/token; wasmstore config set kv.site.headTokenFile $PWD/token
  $ wasmstore kv-sync site | tail -1
  revision 1
  $ wasmstore kv list site | cut -f 2
  /a.wasm
  $ wasmstore config list | sed "s|$host|HOST|; s|$PWD|PWD|"
  wasmstore.kv.site.headtokenfile	PWD/token
  wasmstore.kv.site.tokenfile	PWD/token
  wasmstore.kv.site.url	HOST/site

A variable goes before a setting, and an option before both.

  $ CLOUDFLARE_API_TOKEN=wrong wasmstore kv-sync site --name other
  ERROR namespaces: the token is unknown, or does not allow this
  hint: CLOUDFLARE_API_TOKEN is used for the values, WASMSTORE_HEAD_TOKEN for the head
  [14]
  $ wasmstore config set kv.site.store third; wasmstore kv-sync site | head -1 | cut -f 1,2
  point	third/main
  $ wasmstore kv-sync site --name other | head -1 | cut -f 1,2
  point	other/main
  $ wasmstore config set kv.site.tokenFile $PWD/none; wasmstore kv list site
  ERROR the file of the token does not exist: $TRANSCRIPT/none
  [1]
  $ : > empty; wasmstore config set kv.site.tokenFile $PWD/empty; wasmstore kv list site
  ERROR $TRANSCRIPT/empty does not contain a token
  [1]
  $ wasmstore config unset kv.site.tokenFile; export CLOUDFLARE_API_TOKEN=secret WASMSTORE_HEAD_TOKEN=secret

What is no setting, or no value of one, is refused.

  $ wasmstore config set kv.site.uri $host
  ERROR unknown setting kv.site.uri
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]
  $ wasmstore config set kv.site.url site
  ERROR invalid value 'site' for wasmstore.kv.site.url: it is not a URL
  [1]
  $ wasmstore config set kv.site.head ftp://example.com
  ERROR invalid value 'ftp://example.com' for wasmstore.kv.site.head: it must be kv, or an http or https URL
  [1]
  $ wasmstore config set kv.site.store .a
  ERROR invalid value '.a' for wasmstore.kv.site.store: it must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit
  [1]
  $ wasmstore config set kv.site.store a/b
  ERROR invalid value 'a/b' for wasmstore.kv.site.store: it must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit
  [1]
  $ wasmstore config set kv.site.namespace a/b
  ERROR invalid value 'a/b' for wasmstore.kv.site.namespace: it is empty, or has a slash
  [1]
  $ wasmstore config set kv.site.keep 0
  ERROR invalid value '0' for wasmstore.kv.site.keep: it is not a number greater than 0
  [1]
  $ wasmstore config set kv.site.grace soon
  ERROR invalid value 'soon' for wasmstore.kv.site.grace: it is not a time such as 90s, 30m, 24h or 7d
  [1]
  $ wasmstore config set kv.url $host
  ERROR unknown setting kv.url
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]

Account and namespace may stand in wrangler's file. The account is anything here, for `kv-server` has one; a variable stands in
for Cloudflare's service.

  $ export CLOUDFLARE_API_BASE_URL=$host/client/v4
  $ id=$(curl -sS -H 'Authorization: Bearer secret' $CLOUDFLARE_API_BASE_URL/accounts/a/storage/kv/namespaces | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
  $ printf '{\n  // Where it goes\n  "name": "site", "account_id": "a",\n  "kv_namespaces": [{"binding": "SITE", "id": "%s"},],\n}\n' $id > wrangler.jsonc
  $ wasmstore kv-sync SITE
  ERROR a namespace of Cloudflare requires --head or the setting kv.NAME.head
  [2]
  $ wasmstore kv-sync SITE --head $host/$id --name wrangled | tail -1
  revision 1
  $ wasmstore kv list SITE --head $host/$id --name wrangled | cut -f 2
  /a.wasm
  $ wasmstore kv-sync --head $host/$id --name wrangled
  nothing changed
  $ wasmstore config set kv.SITE.head $host/$id; wasmstore kv-sync SITE --name wrangled
  nothing changed
  $ wasmstore kv-sync OTHER --head $host/$id
  ERROR unknown target OTHER: kv.OTHER.url is not set
  hint: run wasmstore config set kv.OTHER.url URL, or give a URL
  [1]
  $ wasmstore kv-sync OTHER --head $host/$id --namespace $id --name wrangled
  nothing changed
  $ mv wrangler.jsonc elsewhere.jsonc; wasmstore kv-sync SITE -w elsewhere.jsonc --name wrangled
  nothing changed
  $ wasmstore kv-sync SITE -w none.toml
  ERROR cannot read none.toml: No such file or directory
  [1]
  $ wasmstore kv-sync $host/site -w elsewhere.jsonc
  ERROR --account, --namespace, --wrangler, --env and --preview can be used only if TARGET is a name
  [2]

An environment of that file has namespaces of its own, and each namespace may have one for previews.

  $ other=$(curl -sS -H 'Authorization: Bearer secret' $CLOUDFLARE_API_BASE_URL/accounts/a/storage/kv/namespaces --json '{"title":"other"}' | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
  $ printf 'name = "site"\naccount_id = "a"\n\n[[kv_namespaces]]\nbinding = "SITE"\nid = "%s"\n\n[[env.staging.kv_namespaces]]\nbinding = "SITE"\nid = "%s"\npreview_id = "%s"\n' $id $other $id > wrangler.toml
  $ wasmstore kv-sync SITE --name wrangled
  nothing changed
  $ wasmstore kv-sync SITE --name wrangled --env staging --head $host/$other | tail -1
  revision 1
  $ CLOUDFLARE_ENV=staging wasmstore kv list SITE --name wrangled --head $host/$other | cut -f 2
  /a.wasm
  $ CLOUDFLARE_ENV= wasmstore kv-sync SITE --name wrangled
  nothing changed
  $ wasmstore kv-sync SITE --name wrangled --env staging
  ERROR --env and --preview require --head, with the server of heads of that namespace
  [2]
  $ wasmstore kv-sync SITE --name wrangled --env staging --preview --head $host/$id
  nothing changed
  $ wasmstore kv-sync SITE --name wrangled --preview
  ERROR wrangler.toml has no preview_id of the namespace SITE
  [1]
  $ wasmstore kv-sync SITE --env production
  ERROR wrangler.toml has no env.production
  [1]
  $ wasmstore kv-sync SITE --preview --namespace $id
  ERROR --namespace and --preview cannot be used together
  [2]
  $ wasmstore kv-sync $host/site --env staging
  ERROR --account, --namespace, --wrangler, --env and --preview can be used only if TARGET is a name
  [2]
  $ rm wrangler.toml; wasmstore kv-sync site --env staging
  ERROR there is no wrangler.toml in this folder
  hint: give --wrangler FILE, or a TARGET
  [1]
  $ printf '[[kv_namespaces]]\nbinding = "SITE"\n' > wrangler.toml; wasmstore kv-sync SITE --account a
  ERROR wrangler.toml has no id of the namespace SITE
  [1]
  $ wasmstore kv-sync --account a --head $host
  ERROR wrangler.toml has no kv_namespaces with exactly one namespace that has an id
  [1]
  $ printf 'name = "x"\nnew = 1\n\n[[kv_namespaces]]\nbinding = "SITE"\nid = 1\n' > wrangler.toml; wasmstore kv-sync SITE
  ERROR wrangler.toml:6: kv_namespaces.id is not a string
  [1]
  $ printf 'account_id = 7\n' > wrangler.toml; wasmstore kv-sync SITE
  ERROR wrangler.toml:1: account_id is not a string
  [1]
  $ printf 'account_id = \n' > wrangler.toml; wasmstore kv-sync SITE
  ERROR wrangler.toml:1: error while parsing key-value pair: expected value, saw '\n'
  [1]
  $ rm wrangler.toml; wasmstore kv-sync NAME --namespace n --head $host
  ERROR the account is not known
  hint: give --account, or set CLOUDFLARE_ACCOUNT_ID, or account_id in wrangler.toml
  [2]
  $ CLOUDFLARE_ACCOUNT_ID=a CLOUDFLARE_API_BASE_URL=http://example.com wasmstore kv-sync NAME --namespace n --head $host
  ERROR invalid target 'http://example.com/accounts/a/storage/kv/namespaces': a token is sent to another machine only over https
  hint: use http://HOST:PORT/NAMESPACE, or workers://ACCOUNT/NAMESPACE with --head
  [2]
  $ wasmstore kv-sync
  ERROR missing expected argument '<target>'
  [2]
  $ kill $server; wait $server
