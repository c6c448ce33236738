Who changed a path, or the branch: the newest first.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ SOURCE_DATE_EPOCH=1767225600 wasmstore add 1.wasm a > /dev/null
  $ SOURCE_DATE_EPOCH=1767312000 wasmstore add 2.wasm a --author Zoe > /dev/null
  $ SOURCE_DATE_EPOCH=1767398400 wasmstore add 3.wasm b > /dev/null
  $ wasmstore audit a
  Fri Jan  2 00:00:00 2026	Zoe	28d98e33d59add85f06037735255aa7a55de907c
  Thu Jan  1 00:00:00 2026	wasmstore	e79e659c615607d7b9987df1d427585ce720137a
  $ wasmstore audit
  Sat Jan  3 00:00:00 2026	wasmstore	0acedbd3ae9f555cbe691b561b1e32434ca0823f
  Fri Jan  2 00:00:00 2026	Zoe	28d98e33d59add85f06037735255aa7a55de907c
  Thu Jan  1 00:00:00 2026	wasmstore	e79e659c615607d7b9987df1d427585ce720137a
  $ wasmstore audit -n 1
  Sat Jan  3 00:00:00 2026	wasmstore	0acedbd3ae9f555cbe691b561b1e32434ca0823f
  $ wasmstore audit a --max-count 1 --json
  [
  {"author":"Zoe","commit":"28d98e33d59add85f06037735255aa7a55de907c","date":1767312000,"mail":"wasmstore@localhost","message":"Import /a","time":"2026-01-02T00:00:00Z"}
  ]
  $ wasmstore audit --since 2026-01-03
  Sat Jan  3 00:00:00 2026	wasmstore	0acedbd3ae9f555cbe691b561b1e32434ca0823f
  $ wasmstore audit --since 2026-01-02T00:00:00Z a
  Fri Jan  2 00:00:00 2026	Zoe	28d98e33d59add85f06037735255aa7a55de907c
  $ SOURCE_DATE_EPOCH=1767400000 wasmstore audit --since '2 hours ago'
  Sat Jan  3 00:00:00 2026	wasmstore	0acedbd3ae9f555cbe691b561b1e32434ca0823f

  $ wasmstore audit nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore audit --since soon
  ERROR --since must be a date, not 'soon'
  hint: usage: wasmstore audit [PATH] [-n COUNT] [--author TEXT] [--since DATE]
                               [--until DATE] [--first-parent]
               wasmstore audit [PATH] --moves [-n COUNT] [--author TEXT]
                               [--since DATE] [--until DATE]
  [2]
  $ wasmstore audit -n -1
  ERROR --max-count must be a number from 0, not '-1'
  hint: usage: wasmstore audit [PATH] [-n COUNT] [--author TEXT] [--since DATE]
                               [--until DATE] [--first-parent]
               wasmstore audit [PATH] --moves [-n COUNT] [--author TEXT]
                               [--since DATE] [--until DATE]
  [2]
  $ wasmstore audit -n x
  ERROR --max-count must be a number from 0, not 'x'
  hint: usage: wasmstore audit [PATH] [-n COUNT] [--author TEXT] [--since DATE]
                               [--until DATE] [--first-parent]
               wasmstore audit [PATH] --moves [-n COUNT] [--author TEXT]
                               [--since DATE] [--until DATE]
  [2]
