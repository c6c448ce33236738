A dry run is --dry-run only; -n counts.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm -n
  ERROR unknown option '-n' of add
  [2]
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore log -n 1 --oneline | wc -l
  1

Tabs and whole ids in a pipe; columns, short ids and headers on a terminal.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ wasmstore list -l
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	64	core	2026-01-01T00:00:00Z	/a.wasm
  $ terminal 'wasmstore list -l'
  HASH      SIZE  KIND  CHANGED           PATH
  516f78ff  64 B  core  2026-01-01 00:00  /a.wasm
  $ wasmstore diff
  added	/a.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ terminal 'wasmstore diff'
  added  516f78ff  /a.wasm

Dates are two members; errors are one object.

  $ wasmstore log --json | grep -o '"date":[0-9]*\|"time":"[^"]*"'
  "date":1767225600
  "time":"2026-01-01T00:00:00Z"
  $ wasmstore find nope --json
  {"error":{"code":"not_found","hint":"wasmstore list shows the modules of the branch","message":"not found: /nope on main"}}
  [1]
