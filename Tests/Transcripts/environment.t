A variable that is no text is refused where it is used: what could stand in for it would name another folder.

  $ make-wasm a.wasm 64 1
  $ bad=$(printf 'b\377d')
  $ WASMSTORE_ROOT=$bad wasmstore add a.wasm
  ERROR invalid WASMSTORE_ROOT "b\377d": it is not valid UTF-8
  [2]
  $ HOME=$bad wasmstore add a.wasm
  ERROR invalid HOME "b\377d": it is not valid UTF-8
  [2]
  $ WASMSTORE_BRANCH=$bad wasmstore list
  ERROR invalid WASMSTORE_BRANCH "b\377d": it is not valid UTF-8
  [2]
  $ WASMSTORE_AUTHOR=$bad wasmstore add a.wasm
  ERROR invalid WASMSTORE_AUTHOR "b\377d": it is not valid UTF-8
  [2]
  $ XDG_CONFIG_HOME=$bad wasmstore list
  ERROR invalid XDG_CONFIG_HOME "b\377d": it is not valid UTF-8
  [2]
  $ SOURCE_DATE_EPOCH=$bad wasmstore list
  ERROR invalid SOURCE_DATE_EPOCH "b\377d": it is not valid UTF-8
  [2]
  $ WASMSTORE_ROOT=$bad wasmstore list --json
  {"error":{"code":"usage","message":"invalid WASMSTORE_ROOT \"b\\377d\": it is not valid UTF-8"}}
  [2]
  $ ls
  a.wasm
  $ WASMSTORE_ROOT=$bad wasmstore --version | cut -d ' ' -f 1
  wasmstore
  $ WASMSTORE_ROOT=$bad wasmstore --root store add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ terminal() { script -qec "$1; echo status \$?" /dev/null < /dev/null | tr -d '\r'; }
  $ PAGER=$bad TERM=dumb terminal 'wasmstore --root store log'
  ERROR invalid PAGER "b\377d": it is not valid UTF-8
  status 2

A pager gets the variables as they are.

  $ export OTHER=$bad
  $ PAGER='printenv OTHER | od -An -tx1' TERM=dumb terminal 'wasmstore --root store log'
   62 ff 64 0a
  status 0
