#requires: script

Who is asked for a module on standard input and hesitates is told so.

  $ (sleep 1.5; printf '\004') | script -qec 'wasmstore add - a.wasm' /dev/null | tr -d '\r\b' | sed 's/^^D//'
  made a new store at $HOME/.wasmstore
  reading the module from standard input; Ctrl-D ends the input
  ERROR invalid module: unexpected end-of-file
  $ printf '' | script -qec 'wasmstore add - a.wasm --no-input' /dev/null | tr -d '\r'
  ERROR standard input is a terminal
  hint: use a pipe, or leave out --no-input
  $ printf '' | script -qec 'wasmstore validate - --no-input' /dev/null | tr -d '\r'
  ERROR standard input is a terminal
  hint: use a pipe, or leave out --no-input
