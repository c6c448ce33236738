A server at a Unix socket, which is a name in the file system.
#requires: curl

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm app.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ start() { : > log; wasmstore server --socket socket "$@" > log 2>&1 & server=$!
  >   until grep -q 'server on' log; do :; done; }
  $ ask() { curl -s --unix-socket socket "$@"; }
  $ umask 000; start; cat log; umask 022
  Starting server on socket, cors=false, tls=false
  $ ask http://localhost/api/v1/modules
  {"/app.wasm":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"} (no-eol)
  $ ask http://store.example/api/v1/module/app.wasm | cmp - a.wasm

The user and the group may use it, whatever the umask says.

  $ stat -c '%F %a' socket
  socket 660
  $ ask http://localhost/api/v1/module/b.wasm --data-binary @a.wasm -w '\n'
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb

While it listens, no other server takes its name; afterwards the name is gone.

  $ wasmstore server --socket socket
  ERROR cannot listen on socket: Address already in use
  [1]
  $ kill $server; wait $server; ls socket
  ls: cannot access 'socket': No such file or directory
  [2]

A server that was killed leaves the name, and the next one takes it.

  $ start
  $ kill -9 $server; wait $server 2> killed
  [137]
  $ stat -c %F socket
  socket
  $ start --access-log requests
  $ ask http://localhost/api/v1/health
  ok (no-eol)
  $ kill $server; wait $server; grep -o '"client":"[^"]*"' requests
  "client":""

What is something else stays as it is.

  $ echo text > socket
  $ wasmstore server --socket socket
  ERROR cannot listen on socket: File exists
  [1]
  $ cat socket
  text
  $ wasmstore server --socket none/socket
  ERROR cannot listen on none/socket: No such file or directory
  [1]
  $ wasmstore server --socket ''
  ERROR option '--socket' requires a value
  [2]
  $ wasmstore server --socket $(printf '%0104d' 0)
  ERROR cannot listen on 00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000: the path of a socket must not be longer than 103 bytes
  [1]
  $ wasmstore server --socket socket --port 0
  ERROR --socket cannot be used with --host or --port
  [2]
