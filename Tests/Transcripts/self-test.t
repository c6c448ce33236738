Whether the network works here. Not every machine has both loopback addresses, or certificates.

  $ wasmstore self-test network --ca-file /dev/null
  loopback	ok	127.0.0.1(, ::1)? (re)
  names	ok	localhost is found
  certificates	failed	/dev/null: it has no certificate in PEM format
  [1]
  $ wasmstore self-test network --ca-file none.pem --json
  [
  {"detail":"127.0.0.1(, ::1)?","name":"loopback","works":true}, (re)
  {"detail":"localhost is found","name":"names","works":true},
  {"detail":"none.pem: No such file or directory","name":"certificates","works":false}
  ]
  [1]
  $ wasmstore self-test network ftp://localhost --ca-file /dev/null | tail -n 1
  ftp://localhost	failed	unsupported scheme

A server is told where to listen by an address.

  $ wasmstore self-test server --host example.com
  ERROR cannot listen on 'example.com': it is not an address
  hint: give an IPv4 or IPv6 address, or localhost; 0.0.0.0 and :: mean all addresses
  [1]
  $ wasmstore self-test server --host example.com --json
  {"error":{"code":"invalid_input","hint":"give an IPv4 or IPv6 address, or localhost; 0.0.0.0 and :: mean all addresses","message":"cannot listen on 'example.com': it is not an address"}}
  [1]
  $ wasmstore self-test server --host 192.0.2.1
  ERROR cannot listen on 192.0.2.1:0: Cannot assign requested address
  [1]
  $ wasmstore self-test server --port 65536
  ERROR --port must be a number from 0 to 65535, not '65536'
  hint: usage: wasmstore self-test network [URL...] [--ca-file FILE]
               wasmstore self-test server [--host HOST] [--port PORT]
  [2]

It ends when it is told to.

  $ wasmstore self-test server --host 127.0.0.1 > url & server=$!
  $ until [ -s url ]; do :; done; sed 's/[0-9]*$/PORT/' url
  http://127.0.0.1:PORT
  $ kill $server; wait $server

What goes together.

  $ wasmstore self-test
  ERROR missing expected argument '<action>'
  hint: usage: wasmstore self-test network [URL...] [--ca-file FILE]
               wasmstore self-test server [--host HOST] [--port PORT]
  [2]
  $ wasmstore self-test sever
  ERROR ACTION must be network or server, not 'sever'
  hint: usage: wasmstore self-test network [URL...] [--ca-file FILE]
               wasmstore self-test server [--host HOST] [--port PORT]
  [2]
  $ wasmstore self-test network --port 1
  ERROR --host and --port can be used only with server
  [2]
  $ wasmstore self-test server https://localhost
  ERROR a URL and --ca-file can be used only with network
  [2]
