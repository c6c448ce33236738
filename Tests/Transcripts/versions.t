The modules that a path has held, the oldest first, each once.

  $ for n in 1 2; do make-wasm $n.wasm 64 $n; done
  $ for n in 1 2 1; do wasmstore add $n.wasm a; done
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore versions a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: e79e659c615607d7b9987df1d427585ce720137a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	commit: ec09b184aa71719247d1512c47f443d58f915966
  $ wasmstore versions a --all
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: e79e659c615607d7b9987df1d427585ce720137a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	commit: ec09b184aa71719247d1512c47f443d58f915966
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: 612c92b94d2f67a3011c6a673f261ecfccb7da43
  $ wasmstore versions a --json
  [
  {"commit":"e79e659c615607d7b9987df1d427585ce720137a","current":true,"date":1767225600,"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","time":"2026-01-01T00:00:00Z","version":0},
  {"commit":"ec09b184aa71719247d1512c47f443d58f915966","current":false,"date":1767225600,"hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","time":"2026-01-01T00:00:00Z","version":1}
  ]
  $ wasmstore versions a --all --json
  [
  {"commit":"e79e659c615607d7b9987df1d427585ce720137a","current":false,"date":1767225600,"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","time":"2026-01-01T00:00:00Z","version":0},
  {"commit":"ec09b184aa71719247d1512c47f443d58f915966","current":false,"date":1767225600,"hash":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","time":"2026-01-01T00:00:00Z","version":1},
  {"commit":"612c92b94d2f67a3011c6a673f261ecfccb7da43","current":true,"date":1767225600,"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","time":"2026-01-01T00:00:00Z","version":0}
  ]

A removed path has a history too.

  $ wasmstore remove a
  $ wasmstore versions /a
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	commit: e79e659c615607d7b9987df1d427585ce720137a
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	commit: ec09b184aa71719247d1512c47f443d58f915966
  $ wasmstore versions a --json | grep -c '"current":true'
  0
  [1]

  $ wasmstore versions nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore versions a --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore versions ..
  ERROR invalid path ..: ".." is not allowed
  [1]
  $ wasmstore versions
  ERROR missing expected argument '<path>'
  hint: usage: wasmstore versions PATH [--all]
  [2]
