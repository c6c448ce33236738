One version of a path: 0 is the oldest, -1 the newest.

  $ for n in 1 2; do make-wasm $n.wasm 64 $n; done
  $ for n in 1 2; do wasmstore add $n.wasm a; done
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore version 0 a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: e79e659c615607d7b9987df1d427585ce720137a
  $ wasmstore version 1 a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	commit: ec09b184aa71719247d1512c47f443d58f915966
  $ wasmstore version -1 a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	commit: ec09b184aa71719247d1512c47f443d58f915966
  $ wasmstore version -2 /a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: e79e659c615607d7b9987df1d427585ce720137a
  $ wasmstore version 0 a --json
  {"commit":"e79e659c615607d7b9987df1d427585ce720137a","current":false,"date":1767225600,"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","time":"2026-01-01T00:00:00Z","version":0}

Its bytes.

  $ wasmstore version 0 a -o out.wasm
  $ cmp out.wasm 1.wasm
  $ wasmstore version -1 a -o - | cmp - 2.wasm
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore version 0 a -o -'
  ERROR not writing 64 B of binary data to a terminal
  hint: use -o FILE, a pipe, or --force
  [3]

  $ wasmstore version 2 a
  ERROR version 2 does not exist for /a
  hint: wasmstore versions /a lists the versions
  [1]
  $ wasmstore version -3 a
  ERROR version -3 does not exist for /a
  hint: wasmstore versions /a lists the versions
  [1]
  $ wasmstore version 0 nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore version x a
  ERROR N must be a whole number, not 'x'
  hint: usage: wasmstore version N PATH [-o FILE|-] [--force]
  [2]
  $ wasmstore version 0
  ERROR missing expected argument '<path>'
  hint: usage: wasmstore version N PATH [-o FILE|-] [--force]
  [2]
