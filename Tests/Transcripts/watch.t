watch prints a line of JSON for each commit, whoever makes it.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm > /dev/null
  $ begin() { exec 3< <(exec env --default-signal=INT wasmstore watch "$@" 2>&1); watch=$!; }
  $ next() { IFS= read -r -t 20 -u 3 line; echo "$line"; }
  $ ended() { cat <&3; wait $watch; echo "status $?"; }

With --initial it begins with what the branch holds.

  $ begin --initial; next
  {"/a.wasm":{"action":"added","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}
  $ wasmstore add b.wasm plugins/b.wasm > /dev/null; next
  {"/plugins/b.wasm":{"action":"added","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"}}
  $ wasmstore add c.wasm a.wasm > /dev/null; next
  {"/a.wasm":{"action":"updated","hash":{"old":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","new":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff"}}}

What was removed is said to be removed.

  $ wasmstore remove a.wasm; next
  {"/a.wasm":{"action":"removed","hash":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff"}}

Plain git may do it, and a reference may be packed.

  $ git clone --quiet store tree; cp a.wasm tree/d.wasm; echo text > tree/readme
  $ git -C tree add . && git -C tree commit --quiet -m d && git -C tree push --quiet; next
  {"/d.wasm":{"action":"added","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}
  $ git -C store pack-refs --all; wasmstore add b.wasm b.wasm > /dev/null; next
  {"/b.wasm":{"action":"added","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"}}

A branch that is moved back gives one line, with the difference; forward again, one for each commit. A commit that
changes no module gives none.

  $ wasmstore restore main~3; next
  {"/a.wasm":{"action":"added","hash":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff"},"/b.wasm":{"action":"removed","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"},"/d.wasm":{"action":"removed","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}
  $ wasmstore undo; next; next; next
  {"/a.wasm":{"action":"removed","hash":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff"}}
  {"/d.wasm":{"action":"added","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}
  {"/b.wasm":{"action":"added","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"}}
  $ git -C tree pull --quiet; echo text > tree/other
  $ git -C tree add . && git -C tree commit --quiet -m text && git -C tree push --quiet
  $ wasmstore remove d.wasm; next
  {"/d.wasm":{"action":"removed","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}

A signal ends it.

  $ kill $watch; ended
  status 143
  $ begin --initial; next > /dev/null; kill -INT $watch; ended
  status 130

With --since it begins with what came after a revision, and says with each line where to go on.

  $ since=$(git -C store rev-parse main~3); wasmstore log --oneline | cut -d ' ' -f 2-
  Remove /d.wasm
  text
  Import /b.wasm
  d
  Remove /a.wasm
  Import /a.wasm
  Import /plugins/b.wasm
  Import /a.wasm
  $ begin --since $since; next; last=$(echo "$line" | sed 's/^{"commit":"\([0-9a-f]*\)".*/\1/'); kill $watch
  {"commit":"77cd94e42e9433dd92196adf296b96658f2a0d32","changes":{"/b.wasm":{"action":"added","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"}}}
  $ begin --since $last; next; kill $watch; ended
  {"commit":"d95b23c856f0b525a87f3526b06c9660481f2b54","changes":{"/d.wasm":{"action":"removed","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}}
  status 143
  $ wasmstore watch --since main~1 --json | head -1
  {"commit":"d95b23c856f0b525a87f3526b06c9660481f2b54","changes":{"/d.wasm":{"action":"removed","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}}
  $ wasmstore watch --since 1234567
  ERROR unknown revision: 1234567
  [1]
  $ wasmstore watch --since main --initial
  ERROR --since and --initial cannot be used together
  [2]

It follows one branch: here one whose name has a slash, which goes and comes again.

  $ wasmstore branch team/dev
  $ begin --branch team/dev --json --initial; next | cut -c 1-61
  {"commit":"d95b23c856f0b525a87f3526b06c9660481f2b54","changes
  $ wasmstore branch team/dev --delete; next | cut -c 1-26
  {"commit":null,"changes":{
  $ wasmstore branch team/dev; next | cut -c 1-61
  {"commit":"d95b23c856f0b525a87f3526b06c9660481f2b54","changes
  $ kill $watch; ended
  status 143
  $ wasmstore watch --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]

With --prefix it tells only of what lies there.

  $ wasmstore watch --since main~7 --prefix plugins | head -1
  {"commit":"e3dc247c85ae75efde76b6636a0a348d2abaee3d","changes":{"/plugins/b.wasm":{"action":"added","hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a"}}}

A program may take each line on its standard input. It need not read it, and its failure is not the watcher's.

  $ begin --initial -- sh -c 'echo "read: $(head -c 30)"'; next
  read: {"/b.wasm":{"action":"added","
  $ wasmstore add c.wasm plugins/c.wasm > /dev/null; next; kill $watch; ended
  read: {"/plugins/c.wasm":{"action":"
  status 143
  $ begin --since main~1 -- sh -c 'exit 3'; next; kill $watch; ended
  warning: sh ended with status 3, at commit 6d2b4b1547fe2e9a37299d3f059730ee34cddf46
  status 143
  $ begin --since main~1 -- sh -c 'kill -9 $$'; next; kill $watch; ended
  warning: sh was ended by signal 9, at commit 6d2b4b1547fe2e9a37299d3f059730ee34cddf46
  status 143
  $ wasmstore watch --since main~1 -- ./nope
  ERROR cannot run ./nope: No such file or directory
  [1]

It ends when nobody reads what it prints, even if there is nothing to print.

  $ mkfifo pipe; exec 8<> pipe 9> pipe; wasmstore watch >&9 8<&- 9>&- & exec 9>&- 8<&-; wait $!; echo "status $?"
  status 141

In a store without a commit it waits for the first one.

  $ export WASMSTORE_ROOT=$PWD/other
  $ wasmstore watch
  ERROR no store at $TRANSCRIPT/other
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ git init --quiet --bare --initial-branch=main other
  $ begin --initial; wasmstore add a.wasm > /dev/null; next; kill $watch; ended
  {"/a.wasm":{"action":"added","hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb"}}
  status 143
