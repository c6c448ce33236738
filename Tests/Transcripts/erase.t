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

Nobody is asked without a terminal: it needs --yes.

  $ wasmstore erase $secret
  $ wasmstore erase dir/secret --yes
  $ wasmstore erase v1:dir/secret --dry-run | sed 's/[0-9a-f]\{64\}/HASH/; s/[0-9a-f]\{40\}/ID/g' | sort | uniq -c | sed 's/^ *//'
  $ test $(wasmstore hash v1:dir/secret) = $secret
  $ script -qec "wasmstore erase $secret" /dev/null <<< n | tr -d '\r' | tail -n 2
  $ git clone -q --mirror ~/.wasmstore before
  $ wasmstore erase $secret --yes --json > erased
  $ sed 's/[0-9a-f]\{64\}/HASH/g; s/[0-9a-f]\{40\}/ID/g; s/"freed_bytes":[0-9]*/"freed_bytes":N/' erased
  $ wasmstore list --rev v1 | cut -f2; wasmstore list --branch dev | cut -f2; wasmstore list | cut -f2
  $ wasmstore set $secret x --branch dev
  $ wasmstore search --all --rev v1 | cut -f2
  $ wasmstore undo
  $ wasmstore undo --list | head -n 1 | cut -f 3 | cut -c 1-14

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
  $ git -C ~/.wasmstore fsck --full --strict

The rest is byte for byte the same: other modules, authors, dates and messages; branches that never had it keep their ids.

  $ test $(wasmstore snapshot --branch old) = $first
  $ for n in 1 3; do cmp $n.wasm <(wasmstore find $(test $n = 1 && echo a || echo b)); done
  $ for place in before ~/.wasmstore; do git -C $place log --branches --tags --topo-order --format='%an %ae %at %ct %s' | sort > log-$(basename $place); done
  $ cmp log-before log-.wasmstore
  $ git -C before rev-parse v1^{tree}:a; git -C ~/.wasmstore rev-parse v1^{tree}:a
  $ wasmstore tag | cut -f 1,4-
  $ git -C ~/.wasmstore cat-file commit main | grep -c "Wasmstore-Rollback-To: $(git -C ~/.wasmstore rev-list --first-parent main | sed -n 4p)"

Erasing again finds nothing, and a clone of before brings it back.

  $ wasmstore erase $secret --yes
  $ git -C before push -q ~/.wasmstore refs/tags/v1:refs/tags/again
  $ wasmstore erase again:dir/secret --yes -q > /dev/null
  $ wasmstore contains again:dir/secret
  $ wasmstore erase
