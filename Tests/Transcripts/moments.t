Where a branch stood: moves by plain git count, at the time at which they came.

  $ make-wasm a.wasm 64 1
  $ make-wasm b.wasm 64 2
  $ wasmstore add a.wasm x > /dev/null
  $ wasmstore add b.wasm x > /dev/null
  $ git clone -q ~/.wasmstore clone
  $ git -C clone push -qf origin origin/main~1:main
  $ wasmstore undo --list | cut -f3
  add /x
  add /x
  $ wasmstore add a.wasm y > /dev/null
  $ wasmstore undo --list | cut -f3
  add /y
  add /x
  add /x
  $ for n in 0 1 2 3; do wasmstore hash main@{$n}:x; done | cut -c1-8 > hashes
  $ sha256sum a.wasm a.wasm b.wasm a.wasm | cut -c1-8 | diff - hashes
  $ wasmstore list --rev main@{4}
  ERROR invalid revision main@{4}: the record has only 4 moves of main
  [1]

A push of an old commit is no old push.

  $ at='GIT_AUTHOR_DATE=@1000000000 GIT_COMMITTER_DATE=@1000000000'
  $ git -C clone fetch -q; git -C clone reset -q --hard origin/main
  $ (cd clone; env $at git -c user.name=A -c user.email=a@b commit -q --allow-empty -m old; git push -q)
  $ wasmstore log -n 1 --oneline main@{now} | cut -d' ' -f2
  old
  $ wasmstore log -n 1 --oneline main@{1} | cut -d' ' -f2-
  Import /y
  $ wasmstore list --rev main@{2002-01-01}
  ERROR invalid revision main@{2002-01-01}: main had no commit at that time
  [1]
