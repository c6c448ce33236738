Scripts for three shells.

  $ wasmstore completions bash | bash -n
  $ for shell in bash zsh fish; do wasmstore completions $shell | grep -c rollback | sed 's/.*[1-9].*/has it/'; done
  has it
  has it
  has it
  $ wasmstore completions csh
  ERROR SHELL must be bash, zsh or fish, not 'csh'
  hint: usage: wasmstore completions bash|zsh|fish
  [2]
  $ wasmstore completions
  ERROR missing expected argument '<shell>'
  hint: usage: wasmstore completions bash|zsh|fish
  [2]

In bash they complete commands, options, branches, tags and paths.

  $ make-wasm a.wasm
  $ wasmstore add -r a.wasm --to plugins > /dev/null
  1 added
  $ wasmstore add a.wasm app.wasm > /dev/null
  $ wasmstore branch testing
  $ wasmstore tag v1
  $ source <(wasmstore completions bash)
  $ complete -p wasmstore
  complete -o filenames -F _wasmstore_words wasmstore
  $ completed() {
  >   COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  >   _wasmstore_words wasmstore "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
  >   printf '%s\n' "${COMPREPLY[@]}"
  > }
  $ completed wasmstore ro
  rollback
  $ completed wasmstore branch --del
  --delete
  $ completed wasmstore find a
  app.wasm
  $ completed wasmstore find plugins/
  plugins/a.wasm
  $ completed wasmstore find /pl
  /plugins/
  $ completed wasmstore list --branch te
  testing
  $ completed wasmstore list --branch ''
  main
  testing
  $ completed wasmstore restore v
  v1
  $ completed wasmstore list --branch = te
  testing
  $ completed wasmstore list --branch =
  main
  testing
  $ completed wasmstore help rollb
  rollback
  $ completed wasmstore config set gc.p
  gc.policy
  $ completed wasmstore config set branch.t
  branch.testing.protected
  branch.testing.policy
  $ mkdir -p folder; cp a.wasm folder
  $ completed wasmstore inspect ./f
  ./folder/
  $ completed wasmstore inspect ./folder/
  ./folder/a.wasm
  $ completed wasmstore log --root other m
  

Completing makes no store.

  $ completed wasmstore --root elsewhere find a
  
  $ test -e elsewhere
  [1]
