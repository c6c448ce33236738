Hash, tab, path; steps in byte order, depth first.

  $ for n in 1 2 3 4; do make-wasm $n.wasm $((n * 100)) $n; done
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore list
  $ wasmstore add 1.wasm a/b.wasm > /dev/null
  $ wasmstore add 2.wasm a.wasm > /dev/null
  $ wasmstore add 3.wasm a-b.wasm > /dev/null
  $ wasmstore add 4.wasm B.wasm > /dev/null
  $ wasmstore list
  0f328a0a65ecde9bd7fbe761bcecdfa018971ee8baf5da1a9c231c438bbed412	/B.wasm
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  726a83b43046938c95335c8f04c9e6b77c4f01ca12567892419a1d1db295fb3b	/a-b.wasm
  1824a2e4b32cf5232e9b82bd1a8466ef063d62cf0433fb0bc1e75242487fd9b1	/a.wasm

A directory, a file, a pattern.

  $ wasmstore list a
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  $ wasmstore list /a/
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  $ wasmstore list a.wasm
  1824a2e4b32cf5232e9b82bd1a8466ef063d62cf0433fb0bc1e75242487fd9b1	/a.wasm
  $ wasmstore list '*.wasm'
  0f328a0a65ecde9bd7fbe761bcecdfa018971ee8baf5da1a9c231c438bbed412	/B.wasm
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  726a83b43046938c95335c8f04c9e6b77c4f01ca12567892419a1d1db295fb3b	/a-b.wasm
  1824a2e4b32cf5232e9b82bd1a8466ef063d62cf0433fb0bc1e75242487fd9b1	/a.wasm
  $ wasmstore list '**/b*'
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  $ wasmstore list '[AB]*'
  0f328a0a65ecde9bd7fbe761bcecdfa018971ee8baf5da1a9c231c438bbed412	/B.wasm
  $ wasmstore list nope

Another revision.

  $ wasmstore list --rev main~2
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	/a/b.wasm
  1824a2e4b32cf5232e9b82bd1a8466ef063d62cf0433fb0bc1e75242487fd9b1	/a.wasm
  $ wasmstore list --rev nope
  ERROR unknown revision: nope
  [1]

Size, kind and the date of the last change: bytes and whole dates in a pipe.

  $ wasmstore list -l
  0f328a0a65ecde9bd7fbe761bcecdfa018971ee8baf5da1a9c231c438bbed412	400	core	2026-01-01T00:00:00Z	/B.wasm
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24	100	core	2026-01-01T00:00:00Z	/a/b.wasm
  726a83b43046938c95335c8f04c9e6b77c4f01ca12567892419a1d1db295fb3b	300	core	2026-01-01T00:00:00Z	/a-b.wasm
  1824a2e4b32cf5232e9b82bd1a8466ef063d62cf0433fb0bc1e75242487fd9b1	200	core	2026-01-01T00:00:00Z	/a.wasm
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore list -l'
  HASH      SIZE   KIND  CHANGED           PATH
  0f328a0a  400 B  core  2026-01-01 00:00  /B.wasm
  77a331bc  100 B  core  2026-01-01 00:00  /a/b.wasm
  726a83b4  300 B  core  2026-01-01 00:00  /a-b.wasm
  1824a2e4  200 B  core  2026-01-01 00:00  /a.wasm
  $ terminal 'wasmstore list a'
  77a331bc  /a/b.wasm

Orders.

  $ wasmstore list --sort size | cut -f2
  /B.wasm
  /a-b.wasm
  /a.wasm
  /a/b.wasm
  $ SOURCE_DATE_EPOCH=1800000000 wasmstore add 1.wasm a.wasm > /dev/null
  $ wasmstore list --sort date | cut -f2
  /a.wasm
  /B.wasm
  /a-b.wasm
  /a/b.wasm
  $ wasmstore list --sort path | cut -f2
  /B.wasm
  /a/b.wasm
  /a-b.wasm
  /a.wasm
  $ wasmstore list --sort name
  ERROR --sort must be path, size or date, not 'name'
  hint: usage: wasmstore list [PREFIX|GLOB] [--rev REV] [-l [--with LIST]] [-0]
                              [--sort path|size|date]
  [2]

Paths for xargs.

  $ wasmstore list -0
  /B.wasm\0/a/b.wasm\0/a-b.wasm\0/a.wasm\0 (no-eol)
  $ wasmstore list -0 a | xargs -0 -n1 wasmstore hash
  77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24

JSON.

  $ wasmstore list a --json
  [
  {"hash":"77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24","kind":"core","path":"/a/b.wasm","size":100}
  ]
  $ wasmstore list a -l --json
  [
  {"commit":"62b2586db374d25bcea2221fc12991cc5145bc2d","date":1767225600,"hash":"77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24","kind":"core","path":"/a/b.wasm","size":100,"time":"2026-01-01T00:00:00Z"}
  ]
  $ wasmstore list nope --json
  []

What cannot be told is null: plain git may have pushed a name that is no path.

  $ git clone -q ~/.wasmstore clone && cd clone
  $ git mv a/b.wasm 'a/\b.wasm' && git mv B.wasm $'a/\001' && git commit -qm 'from plain git' && git push -q; cd ..
  $ wasmstore list a -l --json
  [
  {"commit":null,"date":null,"hash":null,"kind":"odd name","path":"/a/\u0001","size":400,"time":null},
  {"commit":"ea8bca988e7a3fe35e0ec446f93f3a37491a131c","date":1767225600,"hash":"77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24","kind":"core","path":"/a/\\b.wasm","size":100,"time":"2026-01-01T00:00:00Z"}
  ]
  $ wasmstore list a -l -0 --json
  [
  {"commit":null,"date":null,"hash":null,"kind":"odd name","path":"/a/\u0001","size":400,"time":null},
  {"commit":"ea8bca988e7a3fe35e0ec446f93f3a37491a131c","date":1767225600,"hash":"77a331bc0034fa07bfc11d7dca95e2d64d032afd7c8a67d83c56fe22028b4a24","kind":"core","path":"/a/\\b.wasm","size":100,"time":"2026-01-01T00:00:00Z"}
  ]
