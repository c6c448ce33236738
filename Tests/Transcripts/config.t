The store's settings, in git's syntax.

  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore config list
  $ wasmstore config get author
  ERROR setting author is not set
  [1]
  $ wasmstore config set author 'Zoe <zoe@example.org>'
  $ wasmstore config get author
  Zoe <zoe@example.org>
  $ wasmstore config get wasmstore.author --show-origin
  $HOME/.wasmstore/config	Zoe <zoe@example.org>
  $ git config --file ~/.wasmstore/config wasmstore.author
  Zoe <zoe@example.org>
  $ wasmstore config list
  wasmstore.author	Zoe <zoe@example.org>
  $ wasmstore config list --show-origin --json
  [
  {"key":"wasmstore.author","origin":"$HOME/.wasmstore/config","value":"Zoe <zoe@example.org>"}
  ]
  $ wasmstore config get author --json
  {"key":"wasmstore.author","origin":"$HOME/.wasmstore/config","value":"Zoe <zoe@example.org>"}
  $ wasmstore config unset author
  $ wasmstore config get author
  ERROR setting author is not set
  [1]

Protection is a setting.

  $ wasmstore config set branch.main.protected true
  $ wasmstore config list
  wasmstore.branch.main.protected	true

  $ wasmstore config set author '<>'
  ERROR invalid value '<>' for wasmstore.author: it does not have the form NAME or NAME <MAIL>
  [1]
  $ wasmstore config set branch.main.protected maybe
  ERROR invalid value 'maybe' for wasmstore.branch.main.protected: it must be true, false or changes
  [1]
  $ wasmstore config set add.features gc,nothing
  ERROR invalid value 'gc,nothing' for wasmstore.add.features: there is no feature 'nothing'
  [1]
  $ wasmstore config set autor x
  ERROR unknown setting autor
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]
  $ wasmstore config get autor
  ERROR unknown setting autor
  hint: the settings are author, add.features, gc.policy, gc.keepLast, gc.grace, mirror.operations, server.authFile, branch.NAME.protected, branch.NAME.policy, kv.NAME.url, and the other settings of kv.NAME
  [1]
  $ wasmstore config set author
  ERROR config requires list, get KEY, set KEY VALUE, or unset KEY
  [2]
  $ wasmstore config gte author
  ERROR ACTION must be list, get, set or unset, not 'gte'
  hint: usage: wasmstore config list [--show-origin]
               wasmstore config get KEY [--show-origin]
               wasmstore config set KEY VALUE
               wasmstore config unset KEY
  [2]
  $ wasmstore config
  ERROR missing expected argument '<action>'
  hint: usage: wasmstore config list [--show-origin]
               wasmstore config get KEY [--show-origin]
               wasmstore config set KEY VALUE
               wasmstore config unset KEY
  [2]
