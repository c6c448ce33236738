One module, a directory, all that hold a module: one commit each, silently.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ wasmstore add -r 1.wasm 2.wasm 3.wasm > /dev/null
  3 added
  $ wasmstore add -r 1.wasm 2.wasm --to dir > /dev/null
  2 added
  $ wasmstore remove 3.wasm
  $ wasmstore list | cut -f2
  /1.wasm
  /2.wasm
  /dir/1.wasm
  /dir/2.wasm
  $ wasmstore remove $(sha256sum < 1.wasm | cut -c1-64)
  $ wasmstore list | cut -f2
  /2.wasm
  /dir/2.wasm
  $ wasmstore log -n 1 --oneline --stat
  82a9daf6a9dcca70e4e812d3cce7c3a078795316 Remove /1.wasm /dir/1.wasm
  removed	/1.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  removed	/dir/1.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore remove dir
  $ wasmstore list | cut -f2
  /2.wasm

Several at once, with a message.

  $ wasmstore undo; wasmstore undo; wasmstore undo
  $ wasmstore remove 1.wasm dir/2.wasm -m 'Two fewer'
  $ wasmstore log -n 1 --oneline --stat
  d987b4eaf71d9fb0cfa4886266e0617db31333ba Two fewer
  removed	/1.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  removed	/dir/2.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a

A dry run, and what -v and JSON say.

  $ wasmstore remove 2.wasm --dry-run
  would remove	/2.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore remove 2.wasm --dry-run --json
  {"branch":"main","changes":[{"action":"removed","new":null,"new_size":null,"old":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","old_size":64,"path":"/2.wasm"}],"commit":null,"dry_run":true}
  $ wasmstore list | cut -f2
  /2.wasm
  /3.wasm
  /dir/1.wasm
  $ wasmstore remove 2.wasm -v
  main: 1 removed (/2.wasm); commit 182f745
  $ wasmstore remove 3.wasm --json
  {"branch":"main","changes":[{"action":"removed","new":null,"new_size":null,"old":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff","old_size":64,"path":"/3.wasm"}],"commit":"dd10809dedfc0b7d03c2a25abab333b87d7695f6","dry_run":false}

What is not there: nothing is removed, not even what is.

  $ wasmstore remove nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore remove dir nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore list | cut -f2
  /dir/1.wasm
  $ wasmstore remove dir nope.wasm --ignore-missing
  $ wasmstore list
  $ wasmstore remove nope.wasm --ignore-missing

Abbreviations remove nothing.

  $ wasmstore add 1.wasm > /dev/null
  $ wasmstore remove $(wasmstore hash 1.wasm --short)
  ERROR not found: 516f78ff on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore remove
  ERROR missing expected argument '<module> ...'
  hint: usage: wasmstore remove MODULE|PATH... [--ignore-missing] [-m MSG]
                                [--dry-run]
  [2]
