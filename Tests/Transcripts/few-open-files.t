Where few files may be open, one thread does what many would share, and an error is told as any other.

  $ export WASMSTORE_ROOT=$PWD/store
  $ mkdir m; for n in 1 2 3 4 5 6 7 8 9; do make-wasm m/$n.wasm 64 $n; done
  $ wasmstore add -r m > /dev/null; wasmstore tag base; wasmstore list > before
  9 added
  $ for limit in 4 5 6 7 8 9 10 12 16; do
  >   rm -f store/catalog-*
  >   (ulimit -n $limit; wasmstore list --rev base > seen 2> error) || echo "exit $?" >> error
  >   cmp -s seen before || grep -q -x 'exit 1[01]*' error || echo "limit $limit: $(cat error)"
  >   (ulimit -n $limit; wasmstore validate --batch m > seen 2> error) || echo "exit $?" >> error
  >   test ! -s error || grep -q -x 'exit 1[01]*' error || echo "limit $limit: $(cat error)"
  >   (ulimit -n $limit; wasmstore add -r m --to copy$limit > seen 2> error) || echo "exit $?" >> error
  >   test ! -s error || grep -q -x 'exit 1[01]*' error || echo "limit $limit: $(cat error)"
  > done
  limit 16: 9 added
  $ rm -f store/catalog-*
  $ (ulimit -n 20; wasmstore list --rev base) | cmp - before
  $ git -C store fsck --full --strict 2>&1 | grep -v -e notice -e dangling
  [1]
