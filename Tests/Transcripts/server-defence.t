What a server refuses, and what its log does not tell.
#requires: curl

  $ make-wasm a.wasm 64 1
  $ make-wasm large.wasm 100000 2
  $ wasmstore add a.wasm app.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ start() { : > log; wasmstore server --host 127.0.0.1 --port 0 "$@" > log 2>&1 & server=$!
  >   until grep -q 'server on' log; do :; done; port=$(sed -n 's/.*127.0.0.1:\([0-9]*\).*/\1/p' log)
  >   at=http://127.0.0.1:$port/api/v1; }
  $ get() { curl -s -o body -w '%{http_code}\n' "$@"; }

A page of another origin may change nothing, and follow nothing; a browser would send both unasked.

  $ start --max-body 50KB
  $ get -X POST -H 'Origin: https://evil.example' $at/gc
  403
  $ cat body
  pages of https://evil.example are not allowed to do this (no-eol)
  $ get -X DELETE -H 'Origin: https://evil.example' $at/module/app.wasm
  403
  $ get -H 'Origin: null' $at/module/b.wasm --data-binary @a.wasm
  403
  $ get -H 'Origin: https://evil.example' -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' \
  >   -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' $at/watch
  403
  $ curl -s -H 'Origin: https://evil.example' -D - -o body $at/modules | grep -ic access-control
  0
  [1]

What asks for messages, or for another protocol, and is not granted it gets a response as any other.

  $ ask() { get -m 20 -H 'Connection: Upgrade' -H 'Sec-WebSocket-Version: 13' \
  >   -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "$@"; }
  $ ask -H 'Upgrade: websocket' -H 'Wasmstore-Branch: none' $at/watch
  404
  $ ask -H 'Upgrade: websocket' $at/modules -o body $at/modules
  200
  200
  $ ask -H 'Upgrade: h2c' $at/modules
  200
  $ ask -H 'Upgrade: h2c' $at/module/c.wasm --data-binary @a.wasm
  200
  $ ask --http2 $at/modules -o body $at/module/app.wasm
  200
  200
  $ ask --http2 -X DELETE $at/module/c.wasm
  200
  $ get $at/modules --next -s -m 20 -o body -w '%{response_code}\n' -H 'Connection: Upgrade' -H 'Upgrade: websocket' $at/modules \
  >   --next -s -m 20 -o body -w '%{response_code}\n' $at/modules
  200
  200
  200

A name that somebody else lets lead to this machine is not the server's.

  $ get --resolve evil.example:$port:127.0.0.1 http://evil.example:$port/api/v1/modules
  403
  $ cat body
  this server is not evil.example (no-eol)
  $ get --resolve localhost:$port:127.0.0.1 http://localhost:$port/api/v1/modules
  200

A path leads to no file, and out of nothing.

  $ get --path-as-is $at/module/../../config
  400
  $ get --path-as-is $at/module/%2e%2e/%2e%2e/config
  400
  $ get --path-as-is $at/module/..%2f..%2fconfig
  400
  $ get $at/module/app.wasm%00.txt
  400
  $ get $at/module/%c0%ae%c0%ae/config
  400
  $ get $at/module/.git/config --data-binary @a.wasm
  400

A body above the limit is refused, and an invalid module.

  $ get $at/module/large.wasm --data-binary @large.wasm
  413
  $ get $at/module/large.wasm -H 'Transfer-Encoding: chunked' --data-binary @large.wasm
  413
  $ head -c 12 a.wasm | get $at/module/cut.wasm --data-binary @-
  400
  $ wasmstore list
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/app.wasm
  $ kill $server; wait $server

A key is in no log, whether it is known or not, and however it is shown. Its name is.

  $ key=$(wasmstore auth add ci --auth-file keys)
  $ start --auth-file keys --access-log requests
  $ get -H "Wasmstore-Auth: $key" $at/modules
  200
  $ get -u "user:$key" http://127.0.0.1:$port/modules
  200
  $ get -H 'Wasmstore-Auth: wsk_other' $at/modules
  401
  $ get -H "Wasmstore-Auth: $key" -X DELETE $at/module/app.wasm
  401
  $ kill $server; wait $server
  $ grep -c wsk_ log requests keys
  log:0
  requests:0
  keys:0
  [1]
  $ sed 's/.*"key":\([^,]*\),.*"status":\([0-9]*\).*/\1 \2/' requests
  "ci" 200
  "ci" 200
  null 401
  null 401
  $ stat -c %a keys
  600
