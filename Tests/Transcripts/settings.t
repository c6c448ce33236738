Settings live in sections that begin with wasmstore; others are left alone.

  $ wasmstore config set author Zoe
  $ git config --file ~/.wasmstore/config user.name Somebody
  $ wasmstore config list
  wasmstore.author	Zoe
  $ wasmstore config get user.name
  ERROR unknown setting user.name
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]
  $ wasmstore config set user.name x
  ERROR unknown setting user.name
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]

The store's file goes before the user's.

  $ mkdir -p ~/.config/wasmstore; git config --file ~/.config/wasmstore/config wasmstore.author User
  $ wasmstore config list --show-origin
  $HOME/.wasmstore/config	wasmstore.author	Zoe
  $ wasmstore config unset author
  $ wasmstore config list --show-origin
  $HOME/.config/wasmstore/config	wasmstore.author	User
  $ wasmstore config get author
  User

A broken file is named.

  $ echo '[wasmstore' > ~/.config/wasmstore/config
  $ wasmstore config list
  ERROR failed to parse config file: missing ']' in section header (in $HOME/.config/wasmstore/config:1)
  [1]
  $ make-wasm a.wasm
  $ wasmstore add a.wasm
  ERROR failed to parse config file: missing ']' in section header (in $HOME/.config/wasmstore/config:1)
  [1]
