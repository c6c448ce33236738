The pages of a server, as a browser asks for them.
#requires: curl

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm plugins/a.wasm > /dev/null
  $ wasmstore add a.wasm other/b.wasm > /dev/null
  $ key=$(wasmstore auth add zoe --path plugins --auth-file keys)
  $ writer=$(wasmstore auth add ci --methods POST --auth-file keys)
  $ start() { : > log; wasmstore server --host 127.0.0.1 --port 0 "$@" > log 2>&1 & server=$!
  >   until grep -q 'server on' log; do :; done; at=http://127.0.0.1:$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' log); }
  $ get() { curl -s -o page -w '%{http_code} %{content_type}\n' "$@"; }

Without keys everybody may look.

  $ start
  $ get $at/
  200 text/html; charset=utf-8
  $ get $at//modules/plugins/
  200 text/html; charset=utf-8
  $ grep -o 'href="/module/[^"]*"' page
  href="/module/plugins/a.wasm?branch=main"
  $ get "$at/module/plugins%2Fa.wasm?branch=main"
  200 text/html; charset=utf-8
  $ get $at/module/nothing.wasm
  404 text/html; charset=utf-8
  $ grep -o '<h1>.*</p>' page
  <h1>Not found</h1><p>This page does not exist.</p>
  $ get $at/modules/%zz
  400 text/plain; charset=utf-8
  $ get $at/style.css
  200 text/css; charset=utf-8
  $ curl -sI $at/ | tr -d '\r' | grep -iE '^(content-security|cache-control|referrer|x-content)'
  Cache-Control: no-cache
  Content-Security-Policy: default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  $ curl -s -X POST $at/modules -o page -w '%{http_code} %header{allow}\n'
  405 GET, HEAD, OPTIONS
  $ get $at/nothing
  404 text/plain; charset=utf-8
  $ get $at/search/nothing
  404 text/plain; charset=utf-8
  $ kill $server; wait $server

With keys a browser asks for one, and shows it as the password. Clients of the interface get no such question.

  $ start --auth-file keys
  $ curl -s $at/modules -o page -w '%{http_code} %header{www-authenticate}\n'
  401 Basic realm="wasmstore", charset="UTF-8"
  $ grep -o '<h1>.*</p>' page
  <h1>A key is required</h1><p>Enter a key of this server as the password. The user name is ignored.</p>
  $ curl -s $at/api/v1/modules -o page -w '%{http_code} %header{www-authenticate}\n'; wc -c < page
  401 
  0
  $ curl -s $at/nothing -o page -w '%{http_code} %header{www-authenticate}\n'
  401 
  $ get -u "anybody:$key" $at/modules
  200 text/html; charset=utf-8
  $ grep -c other page
  0
  [1]
  $ grep -o '/modules/[a-z]*?' page
  /modules/plugins?
  $ curl -sI -u "anybody:$key" $at/modules | tr -d '\r' | grep -i '^cache-control'
  Cache-Control: private, no-cache
  $ get -u "anybody:$key" $at/module/plugins/a.wasm
  200 text/html; charset=utf-8
  $ get -u "anybody:$key" $at/module/other/b.wasm
  404 text/html; charset=utf-8
  $ get -H "Wasmstore-Auth: $key" $at/modules/plugins
  200 text/html; charset=utf-8
  $ get -u "zoe:wrong" $at/modules
  401 text/html; charset=utf-8
  $ get -u "ci:$writer" $at/modules
  401 text/html; charset=utf-8
  $ get -H 'Authorization: Basic !' $at/modules
  401 text/html; charset=utf-8
  $ get -u "anybody:$key" $at/api/v1/modules
  401 text/plain; charset=utf-8
  $ get $at/style.css
  200 text/css; charset=utf-8
  $ kill $server; wait $server
