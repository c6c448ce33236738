Common options stand before or after the command.

  $ make-wasm a.wasm
  $ wasmstore --root r1 add a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ wasmstore add --root=r2 a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ ls -d r1 r2
  r1
  r2
  $ wasmstore --root r1 --branch=main list --json
  [
  {"hash":"c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6","kind":"core","path":"/a.wasm","size":64}
  ]
  $ WASMSTORE_ROOT=r1 wasmstore list
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6	/a.wasm
  $ WASMSTORE_ROOT=r1 wasmstore --root r3 list
  ERROR no store at r3
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ WASMSTORE_ROOT= wasmstore list
  ERROR no store at $HOME/.wasmstore
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ ls -A ~

An unknown word.

  $ wasmstore rolback
  ERROR unknown command 'rolback': did you mean 'rollback'?
  [2]
  $ wasmstore find --frce x
  ERROR unknown option '--frce' of find: did you mean '--force'?
  [2]
  $ wasmstore -x
  ERROR unknown option '-x'
  [2]
  $ wasmstore --json rolback
  {"error":{"code":"usage","message":"unknown command 'rolback': did you mean 'rollback'?"}}
  [2]
  $ wasmstore --root r1
  ERROR a command is required
  hint: wasmstore --help
  [2]
  $ wasmstore list --root
  ERROR option '--root' requires a value
  [2]
  $ wasmstore list --json=yes
  ERROR option '--json' takes no value
  [2]
  $ wasmstore list --color sometimes
  ERROR --color must be auto, always or never, not 'sometimes'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]
  $ wasmstore list --verbosity loud
  ERROR --verbosity must be quiet, error, warning, info or debug, not 'loud'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]
  $ wasmstore list --lock-timeout soon
  ERROR --lock-timeout must be a number from 0, not 'soon'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]
  $ wasmstore list --lock-timeout -5
  ERROR --lock-timeout must be a number from 0, not '-5'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]

Words after -- are no options.

  $ wasmstore --root r1 contains -- --root
  false

-v says what is otherwise told to people at a terminal alone; -q nothing.

  $ wasmstore --root r4 -v config set author me
  made a new store at r4
  set author to me
  $ wasmstore --root r4 -v remove a.wasm --ignore-missing
  main: nothing changed
  $ wasmstore --root r4 add a.wasm > /dev/null
  $ wasmstore --root r4 --verbosity info remove a.wasm
  main: 1 removed (/a.wasm); commit afc33c5
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r' | sed 's/\x1b/ESC/g'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore --root r5 add a.wasm'
  made a new store at r5
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ terminal 'wasmstore --root r5 remove a.wasm'
  main: 1 removed (/a.wasm); commit a7d9c3b
  $ terminal 'wasmstore --root r5 undo -q'

Colour: on a terminal, unless TERM, NO_COLOR or --color say otherwise.

  $ TERM=xterm terminal 'wasmstore --root r5 find x'
  ESC[31mERRORESC[0m not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ TERM=xterm NO_COLOR=1 terminal 'wasmstore --root r5 find x'
  ERROR not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ TERM=xterm terminal 'wasmstore --root r5 --color never find x'
  ERROR not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ terminal 'wasmstore --root r5 --color always find x'
  ESC[31mERRORESC[0m not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore --root r5 --color always find x 2>&1 | sed 's/\x1b/ESC/g'
  ESC[31mERRORESC[0m not found: /x on main
  hint: wasmstore list shows the modules of the branch
  $ CLICOLOR_FORCE=1 wasmstore --root r5 find x 2>&1 | sed 's/\x1b/ESC/g'
  ESC[31mERRORESC[0m not found: /x on main
  hint: wasmstore list shows the modules of the branch
  $ CLICOLOR_FORCE=0 wasmstore --root r5 find x
  ERROR not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ NO_COLOR=1 CLICOLOR_FORCE=1 wasmstore --root r5 find x
  ERROR not found: /x on main
  hint: wasmstore list shows the modules of the branch
  [1]

The author.

  $ WASMSTORE_AUTHOR=Ann wasmstore --root r5 add a.wasm b > /dev/null
  $ WASMSTORE_AUTHOR=Ann wasmstore --root r5 add a.wasm c --author 'Zoe <zoe@example.org>' > /dev/null
  $ git -C r5 log -2 --format='%an <%ae>'
  Zoe <zoe@example.org>
  Ann <wasmstore@localhost>
  $ wasmstore --root r5 add a.wasm d --author '<>'
  ERROR invalid author '<>': it does not have the form NAME or NAME <MAIL>
  [2]

A lock that another process holds.

  $ flock r5/write.lock wasmstore --root r5 add a.wasm e --lock-timeout 0
  ERROR r5/write.lock is locked by another process
  hint: --lock-timeout SECS waits longer
  [11]
  $ flock r5/write.lock wasmstore --root r5 list | wc -l
  3
