NAME, or NAME <MAIL>; log and JSON show the name.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm 1 > /dev/null
  $ wasmstore add a.wasm 2 --author Zoe > /dev/null
  $ wasmstore add a.wasm 3 --author 'Zoe <zoe@example.org>' > /dev/null
  $ git -C ~/.wasmstore log --format='%an <%ae> %cn <%ce>'
  Zoe <zoe@example.org> Zoe <zoe@example.org>
  Zoe <wasmstore@localhost> Zoe <wasmstore@localhost>
  wasmstore <wasmstore@localhost> wasmstore <wasmstore@localhost>
  $ wasmstore log -n 1 | grep Author
  Author: Zoe
  $ wasmstore commit main | grep author
    "author": "Zoe",
  $ wasmstore add a.wasm 4 --author ''
  ERROR option '--author' requires a value
  [2]
  $ wasmstore add a.wasm 4 --author 'Zoe <'
  ERROR invalid author 'Zoe <': it does not have the form NAME or NAME <MAIL>
  [2]
  $ wasmstore add a.wasm 4 --author $'Zoe\nX'
  ERROR invalid author 'Zoe\nX': it does not have the form NAME or NAME <MAIL>
  [2]

Options, environment, the store's settings, the user's, the default: in this order. Git's own are not asked.

  $ who() { wasmstore add a.wasm "$RANDOM$RANDOM" "$@" > /dev/null; git -C ~/.wasmstore log -1 --format=%an; }
  $ git config --file ~/.gitconfig user.name Git; GIT_CONFIG_GLOBAL=~/.gitconfig who
  wasmstore
  $ mkdir -p ~/.config/wasmstore; git config --file ~/.config/wasmstore/config wasmstore.author User
  $ who
  User
  $ XDG_CONFIG_HOME=$TRANSCRIPT who
  wasmstore
  $ wasmstore config set author Store; who
  Store
  $ WASMSTORE_AUTHOR=Variable who
  Variable
  $ WASMSTORE_AUTHOR=Variable who --author Option
  Option
