filename prints a regular file with the exact bytes, also for what came in a pack.

  $ mkdir in; for n in 1 2 3; do make-wasm in/$n.wasm 3000 $n; done
  $ wasmstore add -r in > /dev/null
  3 added
  $ for n in 1 2 3; do cmp "$(wasmstore filename $n.wasm)" in/$n.wasm; test -f "$(wasmstore filename $n.wasm)"; done
  $ wasmstore filename nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore filename $(sha256sum < in/1.wasm | cut -c1-64) | sed 's/.*modules/modules/; s/[0-9a-f]\{60\}$/REST/'
  modules/44/44deREST
