On a terminal the log goes through a pager.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm > /dev/null
  $ terminal() { script -qec "$1; echo status \$?" /dev/null < /dev/null | tr -d '\r'; }
  $ export TERM=dumb
  $ PAGER='sed s/^/paged:/' terminal 'wasmstore log --oneline'
  paged:19c06be (main) Import /a.wasm
  status 0

Where there is no such pager, or it cannot be run, the log is shown without one.

  $ PAGER=nosuch terminal 'wasmstore log --oneline'
  sh: 1: nosuch: not found
  19c06be (main) Import /a.wasm
  status 0
  $ PAGER='nosuch -x' terminal 'wasmstore log --oneline'
  sh: 1: nosuch: not found
  19c06be (main) Import /a.wasm
  status 0
  $ touch unfit; PAGER=./unfit terminal 'wasmstore log --oneline'
  sh: 1: ./unfit: Permission denied
  19c06be (main) Import /a.wasm
  status 0
  $ PAGER=/no/such/pager terminal 'wasmstore log --oneline'
  sh: 1: /no/such/pager: not found
  19c06be (main) Import /a.wasm
  status 0
  $ PAGER=' ' terminal 'wasmstore log --oneline'
  19c06be (main) Import /a.wasm
  status 0
  $ terminal 'wasmstore log --oneline --pager nosuch'
  sh: 1: nosuch: not found
  19c06be (main) Import /a.wasm
  status 0

That holds for a log that is larger than a pipe, too.

  $ wasmstore branch large
  $ wasmstore remove a.wasm --branch large -m "$(printf '%0100000d' 0)"
  $ PAGER=nosuch terminal 'wasmstore log --branch large' | sed -n '/^00000/p' | wc -c
  100001

A pager that ends early ends the log.

  $ PAGER='head -c 6; echo' terminal 'wasmstore log --branch large'
  commit
  status 141

The signals that the tool ignores end a pager.

  $ PAGER='kill -PIPE $$; echo ignored' terminal 'wasmstore log --branch large'
  status 141
