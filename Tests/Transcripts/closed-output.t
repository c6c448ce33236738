A reader that has gone ends a run with the status that a shell gives to SIGPIPE, and without a word: also where the
parent ignores that signal, as services have it.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 300000 1
  $ wasmstore add a.wasm > /dev/null
  $ mkfifo pipe
  $ closed() {
  >   exec 8<> pipe 9> pipe 8<&-
  >   "$@" >&9 2> said; echo "$? $*"; cat said
  >   exec 9>&-
  > }
  $ everything() {
  >   closed wasmstore find a.wasm
  >   closed wasmstore find a.wasm -o -
  >   closed wasmstore version 0 a.wasm -o -
  >   closed wasmstore hash a.wasm
  >   closed wasmstore list --json
  >   closed wasmstore log
  >   closed wasmstore inspect a.wasm
  >   closed wasmstore validate a.wasm
  >   closed wasmstore completions bash
  >   closed wasmstore --version
  >   closed wasmstore help find
  > }
  $ everything
  141 wasmstore find a.wasm
  141 wasmstore find a.wasm -o -
  141 wasmstore version 0 a.wasm -o -
  141 wasmstore hash a.wasm
  141 wasmstore list --json
  141 wasmstore log
  141 wasmstore inspect a.wasm
  141 wasmstore validate a.wasm
  141 wasmstore completions bash
  141 wasmstore --version
  141 wasmstore help find
  $ (trap '' PIPE; everything) | uniq -c -w 4
       11 141 wasmstore find a.wasm

What was asked for is done before it is told.

  $ closed wasmstore add a.wasm b.wasm
  141 wasmstore add a.wasm b.wasm
  $ wasmstore list | cut -f 2
  /a.wasm
  /b.wasm

Nobody reads the errors.

  $ exec 8<> pipe 9> pipe 8<&-; wasmstore find nope 2>&9; echo $?
  1
