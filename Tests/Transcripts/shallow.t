History of a shallow clone ends where the clone was cut off; a warning says so, and nothing is damaged.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ for n in 1 2 3 4; do SOURCE_DATE_EPOCH=$((1767225600 + n)) wasmstore add $n.wasm x > /dev/null; done; wasmstore tag v1 main~3
  $ git clone -q --bare --depth 2 file://$HOME/.wasmstore sh; export WASMSTORE_ROOT=sh
  $ wasmstore status | grep -e commits -e head
  warning: the history ends at 17d13cb: this store is a shallow clone
  head	15c602dc7d19ec0af8c13d673787ba8e970d86a7
  commits	2
  $ wasmstore log --oneline
  warning: the history ends at 17d13cb: this store is a shallow clone
  15c602dc7d19ec0af8c13d673787ba8e970d86a7 Import /x
  17d13cba4aa442e68e7a50e65351f4bf99baacb5 Import /x
  $ wasmstore log --graph --oneline
  warning: the history ends at 17d13cb: this store is a shallow clone
  * 15c602dc7d19ec0af8c13d673787ba8e970d86a7 Import /x
  * 17d13cba4aa442e68e7a50e65351f4bf99baacb5 Import /x
  $ wasmstore audit x | wc -l
  warning: the history ends at 17d13cb: this store is a shallow clone
  2
  $ wasmstore versions x | cut -f1
  warning: the history ends at 17d13cb: this store is a shallow clone
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  $ wasmstore version 0 x | cut -c1-8
  warning: the history ends at 17d13cb: this store is a shallow clone
  f209ae4c
  $ wasmstore commit main~1
  warning: the history ends at 17d13cb: this store is a shallow clone
  {
    "author": "wasmstore",
    "changes": [
      {
        "action": "added",
        "new": "f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff",
        "new_size": 64,
        "old": null,
        "old_size": null,
        "path": "/x"
      }
    ],
    "date": 1767225603,
    "hash": "17d13cba4aa442e68e7a50e65351f4bf99baacb5",
    "mail": "wasmstore@localhost",
    "message": "Import /x",
    "parents": [],
    "time": "2026-01-01T00:00:03Z"
  }
  $ wasmstore list -l | wc -l
  warning: the history ends at 17d13cb: this store is a shallow clone
  1
  $ wasmstore diff main~1 main | cut -f1
  warning: the history ends at 17d13cb: this store is a shallow clone
  updated
  $ wasmstore diff main~2
  warning: the history ends at 17d13cb: this store is a shallow clone
  ERROR main~2: this store is a shallow clone without the older history
  hint: run git fetch --unshallow in the store's folder to fetch the rest
  [1]
  $ wasmstore hash main~1:x | cut -c1-8
  warning: the history ends at 17d13cb: this store is a shallow clone
  f209ae4c
  $ wasmstore contains nope
  false
  $ wasmstore find 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: wasmstore list shows the modules of the branch
  [1]

Writing goes on from there.

  $ wasmstore rollback x --steps 2
  warning: the history ends at 17d13cb: this store is a shallow clone
  ERROR cannot roll back /x: this store is a shallow clone without the older history
  hint: run git fetch --unshallow in the store's folder to fetch the rest
  [1]
  $ wasmstore rollback x; wasmstore hash x | cut -c1-8
  warning: the history ends at 17d13cb: this store is a shallow clone
  f209ae4c
  $ wasmstore rollback x
  warning: the history ends at 17d13cb: this store is a shallow clone
  ERROR cannot roll back /x: this store is a shallow clone without the older history
  hint: run git fetch --unshallow in the store's folder to fetch the rest
  [1]
  $ wasmstore add 2.wasm new > /dev/null; wasmstore rollback new; wasmstore list | cut -f2
  warning: the history ends at 17d13cb: this store is a shallow clone
  /x
  $ wasmstore rollback; wasmstore rollback --steps 9
  warning: the history ends at 17d13cb: this store is a shallow clone
  ERROR cannot roll back main: there are only 3 earlier versions
  [1]
  $ wasmstore branch old --from main~2; wasmstore add 1.wasm y --branch old > /dev/null; wasmstore add 2.wasm z > /dev/null
  $ wasmstore merge old; wasmstore list | cut -f2
  warning: the history ends at 17d13cb: this store is a shallow clone
  /new
  /x
  /y
  /z
  $ wasmstore merge old -v
  warning: the history ends at 17d13cb: this store is a shallow clone
  main already has all commits of old: nothing changed
  $ wasmstore undo; wasmstore restore old --dry-run
  would move main to old
  would add	/y	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  would remove	/z	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ git -C sh fsck --strict 2>&1 | grep -v dangling
  [1]

Histories that meet before that are not merged: what was removed since might come back.

  $ git init -q --bare -b main two; git -C two fetch -q --depth 1 file://$HOME/.wasmstore main:main; git -C two fetch -q --depth 1 file://$HOME/.wasmstore v1:refs/heads/old
  $ wasmstore --root two merge old
  warning: the history ends at d6cd36a: this store is a shallow clone
  ERROR cannot merge old into main: this store is a shallow clone without the older history
  hint: run git fetch --unshallow in the store's folder to fetch the rest
  [1]
  $ wasmstore --root two merge old --json
  warning: the history ends at d6cd36a: this store is a shallow clone
  {"error":{"code":"failed","hint":"run git fetch --unshallow in the store's folder to fetch the rest","message":"cannot merge old into main: this store is a shallow clone without the older history"}}
  [1]

With the rest of history nothing is special any more, whatever was kept in the catalog.

  $ git -C sh fetch -q --unshallow file://$HOME/.wasmstore; wasmstore versions x --branch old | cut -f1
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  $ wasmstore log --oneline | wc -l
  9
  $ printf 'nonsense\n' > sh/shallow; wasmstore log
  ERROR damaged: sh/shallow has a line that is not the id of a commit
  hint: wasmstore fsck lists all damage
  [12]
