A module of the store at another path, silently.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ a=$(wasmstore add a.wasm); b=$(wasmstore add b.wasm)
  $ wasmstore set $a copy.wasm
  $ wasmstore hash copy.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore log -n 1 --oneline
  ac85b929fdd1de00d45231b0421f30a79ba888a5 Set /copy.wasm 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore set sha256:$b copy.wasm -m 'Take the other'
  $ wasmstore log -n 1 --oneline --stat
  166355a12b086409f7d17136d9514cf64cab96b9 Take the other
  updated	/copy.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb → 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	0

Any module that some history holds.

  $ wasmstore remove a.wasm
  $ wasmstore set $a again.wasm
  $ wasmstore hash again.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb

Compare and set.

  $ wasmstore set $b again.wasm --expect $b
  ERROR /again.wasm has 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb, expected 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  [4]
  $ wasmstore set $b again.wasm --expect $a
  $ wasmstore set $b again.wasm --expect absent
  ERROR /again.wasm has 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a, expected no module
  [4]
  $ wasmstore set $b new.wasm --expect $a
  ERROR /new.wasm has no module, expected 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  [4]
  $ wasmstore set $b new.wasm --expect absent
  $ wasmstore set $b new.wasm --expect sha256:$b
  $ wasmstore set $b new.wasm --expect sha256:$a
  ERROR /new.wasm has 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a, expected 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  [4]
  $ wasmstore set $b new.wasm --expect sha256:nonsense
  ERROR --expect must be a full hash or 'absent', not 'sha256:nonsense'
  hint: usage: wasmstore set HASH PATH [--expect OLDHASH|absent] [-m MSG]
                             [--dry-run]
  [2]
  $ wasmstore set $b new.wasm --expect nonsense
  ERROR --expect must be a full hash or 'absent', not 'nonsense'
  hint: usage: wasmstore set HASH PATH [--expect OLDHASH|absent] [-m MSG]
                             [--dry-run]
  [2]

A dry run.

  $ wasmstore set $a new.wasm --dry-run
  would update	/new.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a → 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	0
  $ wasmstore hash new.wasm
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore set $a new.wasm --json
  {"branch":"main","changes":[{"action":"updated","new":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","new_size":64,"old":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","old_size":64,"path":"/new.wasm"}],"commit":"420ba2e54137f7a3cf58e716640a6bb4021f87d6","dry_run":false}

What is no hash, unknown, abbreviated, or no path.

  $ wasmstore set xyz new.wasm
  ERROR invalid hash: xyz
  [1]
  $ wasmstore set 0000000000000000000000000000000000000000000000000000000000000000 new.wasm
  ERROR not found: 0000000000000000000000000000000000000000000000000000000000000000 on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore set ${a:0:10} new.wasm
  ERROR invalid hash: 516f78ff6e
  [1]
  $ wasmstore set $a $b
  ERROR invalid path 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a: a name of 64 hexadecimal digits is a module's hash
  [1]
  $ wasmstore set $a
  ERROR missing expected argument '<path>'
  hint: usage: wasmstore set HASH PATH [--expect OLDHASH|absent] [-m MSG]
                             [--dry-run]
  [2]
