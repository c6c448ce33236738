A module is taken out of all history: of every branch and tag, with reflogs, record and raw copies.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 4000 $n; done
  $ secret=$(sha256sum < 2.wasm | cut -c 1-64)
  $ wasmstore add 1.wasm a > /dev/null
  $ first=$(wasmstore snapshot)
  $ wasmstore add 2.wasm dir/secret > /dev/null
  $ wasmstore filename dir/secret > /dev/null
  $ wasmstore tag v1 -m 'With it'
  $ wasmstore branch dev
  $ wasmstore add 3.wasm b --branch dev > /dev/null
  $ wasmstore remove dir
  $ wasmstore add 4.wasm c > /dev/null
  $ wasmstore branch old --from $first
  $ wasmstore merge dev --no-ff
  $ wasmstore rollback c
  $ wasmstore branch main --protect=changes
  $ wasmstore list --rev v1 | cut -f2; wasmstore list --branch dev | cut -f2
  /a
  /dir/secret
  /a
  /b
  /dir/secret

Nobody is asked without a terminal: it needs --yes.

  $ wasmstore erase $secret
  ERROR erased modules cannot be restored
  hint: use --dry-run to see the changes, or --yes to erase
  [3]
  $ wasmstore erase dir/secret --yes
  ERROR not found: /dir/secret on main
  hint: it was last at 1586bf5:/dir/secret
  [1]
  $ wasmstore erase v1:dir/secret --dry-run | sed 's/[0-9a-f]\{64\}/HASH/; s/[0-9a-f]\{40\}/ID/g' | sort | uniq -c | sed 's/^ *//'
  6 commit	ID	ID
  1 refs/heads/dev	ID	ID
  1 refs/heads/main	ID	ID
  1 refs/tags/v1	ID	ID
  1 would erase	HASH	4000
  $ test $(wasmstore hash v1:dir/secret) = $secret
  $ script -qec "wasmstore erase $secret" /dev/null <<< n | tr -d '\r' | tail -n 2
  n
  This erases 1 module permanently and changes the ids of 6 commits. It cannot be undone. Continue? [y/N] ERROR nothing was changed
  $ git clone -q --mirror ~/.wasmstore before
  $ wasmstore erase $secret --yes --json > erased
  warning: clones, backups and published copies still have it; a push from such a clone restores it
  $ sed 's/[0-9a-f]\{64\}/HASH/g; s/[0-9a-f]\{40\}/ID/g; s/"freed_bytes":[0-9]*/"freed_bytes":N/' erased
  {"dry_run":false,"freed_bytes":N,"modules":[{"hash":"HASH","size":4000}],"references":[{"after":"ID","before":"ID","name":"refs/heads/dev"},{"after":"ID","before":"ID","name":"refs/heads/main"},{"after":"ID","before":"ID","name":"refs/tags/v1"}],"remaining":[],"removed":11,"rewritten":{"ID":"ID","ID":"ID","ID":"ID","ID":"ID","ID":"ID","ID":"ID"}}
  $ wasmstore list --rev v1 | cut -f2; wasmstore list --branch dev | cut -f2; wasmstore list | cut -f2
  /a
  /a
  /b
  /a
  /b
  $ wasmstore set $secret x --branch dev
  ERROR not found: 7e32f60c72be8029d3baaea60eb9bf2ae06c4b0e61d5201bccab2f09dbe3ae8a on dev
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore search --all --rev v1 | cut -f2
  /a
  $ wasmstore undo 2>&1 | sed 's/undo [0-9a-f]*/undo ID/'
  ERROR cannot undo ID: a gc has removed its objects
  hint: wasmstore undo ID--list shows the operations that can be undone
  $ wasmstore undo --list | head -n 1 | cut -f 3 | cut -c 1-14
  erase 1 module

The bytes are in no file of the store, as they are or deflated; both checks find nothing.

  $ python3 - ~/.wasmstore 2.wasm <<'END'
  > import sys, zlib, pathlib
  > needle = pathlib.Path(sys.argv[2]).read_bytes()
  > part = needle[1000:1200]
  > for file in pathlib.Path(sys.argv[1]).rglob('*'):
  >     if not file.is_file(): continue
  >     data = file.read_bytes()
  >     if part in data: print('raw in', file)
  >     for start in range(len(data) - 1):
  >         if data[start] == 0x78 and (data[start] * 256 + data[start + 1]) % 31 == 0:
  >             try: found = part in zlib.decompressobj().decompress(data[start:])
  >             except zlib.error: continue
  >             if found: print('deflated in', file)
  > END
  $ wasmstore fsck --deep
  checked 3 modules, 1 other file, 16 objects, 7 commits, 5 references: no damage
  $ git -C ~/.wasmstore fsck --full --strict

The rest is byte for byte the same: other modules, authors, dates and messages; branches that never had it keep their ids.

  $ test $(wasmstore snapshot --branch old) = $first
  $ for n in 1 3; do cmp $n.wasm <(wasmstore find $(test $n = 1 && echo a || echo b)); done
  $ for place in before ~/.wasmstore; do git -C $place log --branches --tags --topo-order --format='%an %ae %at %ct %s' | sort > log-$(basename $place); done
  $ cmp log-before log-.wasmstore
  $ git -C before rev-parse v1^{tree}:a; git -C ~/.wasmstore rev-parse v1^{tree}:a
  9f4816961f37a31951efee481cc8733cae503f01
  9f4816961f37a31951efee481cc8733cae503f01
  $ wasmstore tag | cut -f 1,4-
  v1	wasmstore	With it

Erasing again finds nothing, and a clone of before brings it back.

  $ wasmstore erase $secret --yes
  ERROR not found: 7e32f60c72be8029d3baaea60eb9bf2ae06c4b0e61d5201bccab2f09dbe3ae8a on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ git -C before push -q ~/.wasmstore refs/tags/v1:refs/tags/again
  $ wasmstore erase again:dir/secret --yes -q > /dev/null
  $ wasmstore contains again:dir/secret
  false
  $ wasmstore erase
  ERROR missing expected argument '<module> ...'
  hint: usage: wasmstore erase MODULE... [--yes] [--dry-run]
  [2]
