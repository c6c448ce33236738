A build mirrors its folder: what vanished there goes, in the same commit. The last line counts.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ mkdir build; cp 1.wasm build/a.wasm; cp 2.wasm build/b.wasm; cp 3.wasm build/c.wasm
  $ list() { wasmstore list "$@" | sed 's/^\(.\{8\}\)[0-9a-f]*/\1/'; }
  $ add() { wasmstore add -r "$@" 2>&1 > lines; status=$?; sed 's/^\(.\{8\}\)[0-9a-f]*\t/\1\t/' lines; return $status; }
  $ wasmstore add 4.wasm other > /dev/null
  $ add build --to plugins
  3 added
  516f78ff	/plugins/a.wasm
  07734d19	/plugins/b.wasm
  f209ae4c	/plugins/c.wasm
  $ add build --to plugins
  3 unchanged
  516f78ff	/plugins/a.wasm
  07734d19	/plugins/b.wasm
  f209ae4c	/plugins/c.wasm
  $ rm build/b.wasm; cp 4.wasm build/c.wasm; cp 2.wasm build/d.wasm
  $ wasmstore add -r build --to plugins --delete --dry-run
  would be: 1 added, 1 updated, 1 unchanged, 1 removed
  would keep	/plugins/a.wasm	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  would update	/plugins/c.wasm	ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  would add	/plugins/d.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  would remove	/plugins/b.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ add build --to plugins --delete
  1 added, 1 updated, 1 unchanged, 1 removed
  516f78ff	/plugins/a.wasm
  ba7a7a18	/plugins/c.wasm
  07734d19	/plugins/d.wasm
  $ list
  ba7a7a18	/other
  516f78ff	/plugins/a.wasm
  ba7a7a18	/plugins/c.wasm
  07734d19	/plugins/d.wasm
  $ wasmstore log -n 1 --oneline --stat | cut -f1,2 | tail -n +2
  removed	/plugins/b.wasm
  updated	/plugins/c.wasm
  added	/plugins/d.wasm
  $ rm build/a.wasm; wasmstore add -r build --to plugins --delete --json | sed 's/[0-9a-f]\{64\}/HASH/; s/[0-9a-f]\{40\}/ID/'
  2 unchanged, 1 removed
  [
  {"branch":"main","commit":"ID","dry_run":false,"hash":"HASH","outcome":"unchanged","path":"/plugins/c.wasm","size":64},
  {"branch":"main","commit":"ID","dry_run":false,"hash":"HASH","outcome":"unchanged","path":"/plugins/d.wasm","size":64},
  {"branch":"main","commit":"ID","dry_run":false,"hash":"HASH","outcome":"removed","path":"/plugins/a.wasm","size":64}
  ]
  $ add build --to plugins -q
  ba7a7a18	/plugins/c.wasm
  07734d19	/plugins/d.wasm

A build that made nothing deletes nothing.

  $ mkdir empty; touch empty/readme
  $ add empty --to plugins
  0 modules
  $ add empty --to plugins --delete
  ERROR found no modules, so nothing was deleted
  [1]
  $ list plugins
  ba7a7a18	/plugins/c.wasm
  07734d19	/plugins/d.wasm
  $ wasmstore add 1.wasm --delete
  ERROR --delete requires -r
  [2]
  $ mkdir all; cp 1.wasm all; add all --delete
  1 added, 3 removed
  516f78ff	/1.wasm
  $ list
  516f78ff	/1.wasm

All invalid modules are named.

  $ head -c 12 1.wasm > build/cut.wasm; printf '\0asm\1\0\0\0\5' > build/odd.wasm
  $ add build
  ERROR 2 of 4 files are not valid modules
  invalid	build/cut.wasm	unexpected end-of-file
  invalid	build/odd.wasm	unexpected end-of-file
  [1]
  $ add build --dry-run
  ERROR 2 of 4 files are not valid modules
  invalid	build/cut.wasm	unexpected end-of-file
  invalid	build/odd.wasm	unexpected end-of-file
  [1]
  $ wasmstore add -r build --json
  {"error":{"code":"invalid_module","invalid":[{"message":"unexpected end-of-file","source":"build/cut.wasm"},{"message":"unexpected end-of-file","source":"build/odd.wasm"}],"message":"2 of 4 files are not valid modules"}}
  [1]
  $ rm build/odd.wasm; add build
  ERROR invalid module build/cut.wasm: unexpected end-of-file
  [1]
  $ rm build/cut.wasm

Of two builds the older one does not overwrite the newer.

  $ before=$(wasmstore snapshot)
  $ wasmstore add 2.wasm app.wasm --expect-head $before > /dev/null
  $ wasmstore add 3.wasm app.wasm --expect-head $before
  ERROR main is at 153860d, expected 934759f
  hint: check what changed, then try again
  [4]
  $ wasmstore add 3.wasm app.wasm --expect-head $before --json
  {"error":{"code":"expectation_failed","hint":"check what changed, then try again","message":"main is at 153860d, expected 934759f"}}
  [4]
  $ wasmstore add 3.wasm app.wasm --expect-head $before --dry-run
  ERROR main is at 153860d, expected 934759f
  hint: check what changed, then try again
  [4]
  $ wasmstore add 3.wasm app.wasm --expect-head none
  ERROR main is at 153860d, expected none
  hint: check what changed, then try again
  [4]
  $ wasmstore add 3.wasm app.wasm --expect-head nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore add 3.wasm app.wasm --expect-head main > /dev/null

A branch that is missing begins where --from says, and one that is there goes on.

  $ wasmstore add 4.wasm app.wasm --branch ci/1 --from main --expect-head none > /dev/null
  $ list --branch ci/1
  516f78ff	/1.wasm
  ba7a7a18	/app.wasm
  $ wasmstore log --branch ci/1 -n 2 --oneline | cut -c 42-
  Import /app.wasm
  Import /app.wasm
  $ wasmstore add 3.wasm app.wasm --branch ci/1 --from main~1 > /dev/null
  $ wasmstore log --branch ci/1 -n 3 --oneline | cut -c 42-
  Import /app.wasm
  Import /app.wasm
  Import /app.wasm
  $ wasmstore add 3.wasm app.wasm --branch ci/2 --from main > /dev/null
  $ test $(wasmstore snapshot --branch ci/2) = $(wasmstore snapshot)
  $ wasmstore add 1.wasm x --branch ci/3 --from nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore undo -v; wasmstore branch --list
  undid add /app.wasm: ci/2 7240c68 → none
  ci/1
  main
  $ wasmstore branch ci/1 --if-absent -v
  branch ci/1 already exists
  $ wasmstore branch ci/4 --if-absent -v
  made branch ci/4
  $ wasmstore branch ci/4 --if-absent --dry-run
  would not change branch ci/4, which already exists
  $ wasmstore branch ci/4
  ERROR branch ci/4 already exists
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore branch ci/4 --delete --if-absent
  ERROR --if-absent can be used only for a new branch
  [2]
