`kv-server` speaks the REST interface of Workers KV. A line on the error stream says where it listens.

  $ printf 'one\ntwo\n' > tokens
  $ wasmstore kv-server --port 0 --host 127.0.0.1 --data kv.db --token-file tokens 2> said & server=$!
  $ until grep -qs Listening said; do kill -0 $server || break; done
  $ sed 's/:[0-9]*$/:PORT/' said
  Listening on http://127.0.0.1:PORT
  $ url=$(sed 's/.* //' said)/client/v4/accounts/any/storage/kv/namespaces
  $ ask() { curl -sS -H 'Authorization: Bearer two' "$@"; }
  $ ask "$url" --json '{"title":"site"}' | sed 's/"id":"[0-9a-f]\{32\}"/"id":"ID"/'
  {"success":true,"errors":[],"messages":[],"result":{"id":"ID","title":"site","supports_url_encoding":true}} (no-eol)
  $ id=$(ask "$url" | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
  $ ask -X PUT "$url/$id/values/a%2Fb" --data-binary hello
  {"success":true,"errors":[],"messages":[],"result":null} (no-eol)
  $ ask "$url/$id/values/a%2Fb"
  hello (no-eol)
  $ ask "$url/$id/keys"
  {"success":true,"errors":[],"messages":[],"result":[{"name":"a/b"}],"result_info":{"count":1,"cursor":""}} (no-eol)
  $ curl -sS "$url"
  {"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null} (no-eol)
  $ kill $server; wait $server

What it was told to keep is kept.

  $ ls kv.db
  kv.db

Without tokens it listens on loopback only.

  $ wasmstore kv-server --host 0.0.0.0 --port 0
  ERROR without --token-file, the server listens on loopback only
  [2]
  $ wasmstore kv-server --token-file none
  ERROR open none: No such file or directory
  [1]
  $ : > empty; wasmstore kv-server --token-file empty
  ERROR empty does not contain a token
  [1]
  $ echo 'no database, but long enough to look at: its first hundred bytes are not those that one has there' > text
  $ wasmstore kv-server --port 0 --data text
  ERROR text is not a database, or is damaged: file is not a database
  [12]
