The older tool's way through history, and its gc: versions the oldest first and each once, restore moves the branch, gc
squashes and frees at once without a question, and counts what went. It ended with 0 where a module is refused.

  $ export WASMSTORE_ROOT=./not/there/yet
  $ make-wasm a.wasm 4000 1; make-wasm b.wasm 4000 2
  $ a=$(sha256sum < a.wasm | cut -c1-64); b=$(sha256sum < b.wasm | cut -c1-64)
  $ name() { sed "s/$a/A/; s/$b/B/" | cut -f1; }
  $ head -c 12 a.wasm | wasmstore add - a.wasm
  ERROR invalid module: unexpected end-of-file
  [1]
  $ cat a.wasm | wasmstore add - a.wasm | name
  A

With one version, rollback takes the path away.

  $ wasmstore rollback a.wasm; wasmstore contains a.wasm
  false
  $ wasmstore add a.wasm | name; wasmstore add b.wasm | name
  A
  B
  $ wasmstore contains $a; wasmstore contains a.wasm
  true
  true

Two snapshots, to and fro. What the branch was moved away from does not count as a version.

  $ first=$(wasmstore snapshot); wasmstore branch test; wasmstore remove a.wasm; second=$(wasmstore snapshot)
  $ wasmstore restore $first; wasmstore contains a.wasm; wasmstore versions b.wasm | name
  true
  B
  $ wasmstore restore $second; wasmstore add a.wasm b.wasm | name; wasmstore versions b.wasm | name
  A
  B
  A
  $ wasmstore restore $second; wasmstore contains a.wasm; wasmstore list | name
  false
  B

The first gc removes the commit that the other branch does not have, and the tree and commit of what was moved away from.
The second one removes what that branch kept: four commits, three trees, a module. The older tool counted the same.

  $ wasmstore gc
  3
  $ wasmstore branch test --delete
  $ wasmstore gc
  8
  $ wasmstore list | name; wasmstore log | grep -c ^commit
  B
  1
  $ wasmstore restore $first
  ERROR unknown revision: 48db9917e358d7cee396e71b112533a72e53ee5f
  [1]
  $ head -c 5 a.wasm | wasmstore add - invalid.wasm
  ERROR invalid module: unexpected end-of-file
  [1]

Versions begin anew; one that comes back is not listed twice. 0 is the oldest.

  $ wasmstore add a.wasm b.wasm | name; wasmstore versions b.wasm | name
  A
  B
  A
  $ wasmstore version 0 b.wasm | name; wasmstore version 1 b.wasm | name
  B
  A
  $ wasmstore set $b c.wasm; wasmstore hash c.wasm | name
  B
  $ wasmstore set $b b.wasm; wasmstore versions b.wasm | name
  B
  A

A module that is removed by its hash is gone from all paths.

  $ wasmstore add a.wasm | name
  A
  $ wasmstore remove $a; wasmstore contains $a; wasmstore contains a.wasm
  false
  false
  $ wasmstore find $a
  ERROR not found: df51ee2f33f535c11a64e39648544ea4f5a5ca18bded9601f204fe238fc207c7 on main
  hint: it was last at aa3afd4:/a.wasm
  [1]
