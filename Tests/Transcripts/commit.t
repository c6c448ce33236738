A commit as a JSON object, the parents always there.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ wasmstore add a.wasm --author 'Zoe <zoe@example.org>' > /dev/null
  $ wasmstore commit main
  {
    "author": "Zoe",
    "changes": [
      {
        "action": "added",
        "new": "516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb",
        "new_size": 64,
        "old": null,
        "old_size": null,
        "path": "/a.wasm"
      }
    ],
    "date": 1767225600,
    "hash": "9245a35af2c74f92f270eb71e279d0d74c5adaa9",
    "mail": "zoe@example.org",
    "message": "Import /a.wasm",
    "parents": [],
    "time": "2026-01-01T00:00:00Z"
  }
  $ wasmstore add b.wasm /a.wasm > /dev/null
  $ wasmstore commit $(wasmstore snapshot)
  {
    "author": "wasmstore",
    "changes": [
      {
        "action": "updated",
        "new": "07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a",
        "new_size": 64,
        "old": "516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb",
        "old_size": 64,
        "path": "/a.wasm"
      }
    ],
    "date": 1767225600,
    "hash": "25d69e581a6b4573aac8d3d6247d01359b92db99",
    "mail": "wasmstore@localhost",
    "message": "Import /a.wasm",
    "parents": [
      "9245a35af2c74f92f270eb71e279d0d74c5adaa9"
    ],
    "time": "2026-01-01T00:00:00Z"
  }
  $ wasmstore commit main~1 --json
  {"author":"Zoe","changes":[{"action":"added","new":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","new_size":64,"old":null,"old_size":null,"path":"/a.wasm"}],"date":1767225600,"hash":"9245a35af2c74f92f270eb71e279d0d74c5adaa9","mail":"zoe@example.org","message":"Import /a.wasm","parents":[],"time":"2026-01-01T00:00:00Z"}
  $ wasmstore commit $(wasmstore snapshot | cut -c1-7) --json | grep -c message
  1

  $ wasmstore commit nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore commit 0000000000000000000000000000000000000000
  ERROR unknown revision: 0000000000000000000000000000000000000000
  [1]
  $ wasmstore commit main~9
  ERROR invalid revision main~9: 9245a35 has no parent
  [1]
  $ wasmstore commit
  ERROR missing expected argument '<rev>'
  hint: usage: wasmstore commit REV
  [2]
