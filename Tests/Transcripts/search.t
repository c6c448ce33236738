Conditions are joined by "and"; lines are as those of list.

  $ base64 -d > app.wasm <<END
  > AGFzbQEAAAABFgRgAn9/AGAEf39/fwF/YAAAYAF+AX4COwMDZW52A2xvZwAAA2VudgV0YWJsZQFwAAEWd2FzaV9zbmFwc2hvdF9w
  > cmV2aWV3MQhmZF93cml0ZQABAwMCAgMFBAEBARAGBgF/AEEDCwcaAwZtZW1vcnkCAAd2ZXJzaW9uAwADcnVuAAMIAQIKCgICAAsF
  > ACAAwgsANglwcm9kdWNlcnMCCGxhbmd1YWdlAQRSdXN0AAxwcm9jZXNzZWQtYnkBBXJ1c3RjBjEuODkuMAAVBG5hbWUABANhcHAB
  > CAECBXN0YXJ0
  > END
  $ wasmstore add app.wasm > /dev/null
  $ make-wasm a.wasm 3000 1; wasmstore add a.wasm plugins/a.wasm > /dev/null
  $ make-wasm b.wasm 70000 2; wasmstore add b.wasm plugins/deep/b.wasm > /dev/null
  $ make-component c.wasm 200 3; wasmstore add c.wasm > /dev/null
  $ wasmstore search
  138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5	/app.wasm
  c9e595f68d02a7ae565665f416de445486c5f604e81843b8228d3040fdb5db8f	/c.wasm
  44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141	/plugins/a.wasm
  6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f	/plugins/deep/b.wasm
  $ wasmstore search | diff - <(wasmstore list)
  $ search() { wasmstore search "$@" | cut -f2; }

Imports by module, or by both names; exports; features; producers.

  $ search --import 'wasi_*'
  /app.wasm
  $ search import:env.log
  /app.wasm
  $ search --import env.log --import '*.fd_[w]rite'
  /app.wasm
  $ wasmstore search 'import:wasi_*' --export run --smaller 1MB
  138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5	/app.wasm
  $ search --import log
  $ search import:wasi_snapshot_preview1.nope
  $ search --export run
  /app.wasm
  /plugins/a.wasm
  /plugins/deep/b.wasm
  $ search --export 'ver*' export:memor?
  /app.wasm
  $ search --export run --export version
  /app.wasm
  $ search --feature sign-extension
  /app.wasm
  $ search feature:component-model
  /c.wasm
  $ search --feature simd
  $ search --producer rustc
  /app.wasm
  $ search 'producer:rustc 1.8*'
  /app.wasm
  $ search --producer clang

Sizes and kinds.

  $ search --larger 3000
  /plugins/deep/b.wasm
  $ search --larger 2999 --smaller 64KiB
  /plugins/a.wasm
  $ search --smaller 0.2k
  $ search --larger 1MB
  $ search --kind component
  /c.wasm
  $ search kind:core --larger 1k
  /plugins/a.wasm
  /plugins/deep/b.wasm
  $ search --kind core --kind component

A word without a name in front is a path or pattern as list has it.

  $ search plugins
  /plugins/a.wasm
  /plugins/deep/b.wasm
  $ search 'plugins/*.wasm'
  /plugins/a.wasm
  $ search '**/b*' --larger 1k
  /plugins/deep/b.wasm
  $ search 'a*' /app.wasm
  /app.wasm

Other revisions.

  $ search --rev main~2
  /app.wasm
  /plugins/a.wasm
  $ search --rev nope
  ERROR unknown revision: nope

All that the paths have held, with the newest commit that has it.

  $ wasmstore add a.wasm /app.wasm > /dev/null; wasmstore remove c.wasm; wasmstore add b.wasm /app.wasm > /dev/null
  $ search --import 'wasi_*'
  $ wasmstore search --all
  6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f	/app.wasm	7bb144e16e0cc80a163e589d23d5d453f7ce38e5
  44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141	/app.wasm	a9896e9e6b2bda4a8a03d697fd25b6ca31a7d11a
  138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5	/app.wasm	3b47066a4d9c3e61314a6f737eb70e5df9d2d88f
  c9e595f68d02a7ae565665f416de445486c5f604e81843b8228d3040fdb5db8f	/c.wasm	581eec7c1e99e7145d63b44998328ae118da89c3
  44def1216fb4472b8a547dd644dedbabdd39b76db21b582ab8e500ab4dcfe141	/plugins/a.wasm	7bb144e16e0cc80a163e589d23d5d453f7ce38e5
  6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f	/plugins/deep/b.wasm	7bb144e16e0cc80a163e589d23d5d453f7ce38e5
  $ wasmstore search --all --export version
  138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5	/app.wasm	3b47066a4d9c3e61314a6f737eb70e5df9d2d88f
  $ wasmstore find $(wasmstore search --all kind:component | cut -f3):c.wasm | cmp - c.wasm
  $ wasmstore search --all --rev main~3 | cut -f2
  /app.wasm
  /c.wasm
  /plugins/a.wasm
  /plugins/deep/b.wasm
  $ wasmstore log --oneline
  7bb144e16e0cc80a163e589d23d5d453f7ce38e5 Import /app.wasm
  a9896e9e6b2bda4a8a03d697fd25b6ca31a7d11a Remove /c.wasm
  581eec7c1e99e7145d63b44998328ae118da89c3 Import /app.wasm
  3b47066a4d9c3e61314a6f737eb70e5df9d2d88f Import /c.wasm
  1c66a31bb1b2eb7af7ec22a8238108e80cdcdaaf Import /plugins/deep/b.wasm
  ba75e145bf73ae340c168ff53904fb12f22308cf Import /plugins/a.wasm
  f0d5a1c73d3c8c8b725188e2ce5c4765572dac48 Import /app.wasm

Paths for xargs; JSON.

  $ wasmstore search plugins -0
  /plugins/a.wasm\0/plugins/deep/b.wasm\0 (no-eol)
  $ wasmstore search --larger 10k --json
  [
  {"hash":"6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f","kind":"core","path":"/app.wasm","size":70000},
  {"hash":"6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f","kind":"core","path":"/plugins/deep/b.wasm","size":70000}
  ]
  $ wasmstore search --all c.wasm --json
  [
  {"commit":"581eec7c1e99e7145d63b44998328ae118da89c3","hash":"c9e595f68d02a7ae565665f416de445486c5f604e81843b8228d3040fdb5db8f","kind":"component","path":"/c.wasm","size":200}
  ]
  $ wasmstore search --larger 10MB --json
  []

What is invalid has a path, a size and a kind, but nothing that it needs or offers.

  $ git clone -q ~/.wasmstore clone 2>&1
  $ cd clone; head -c 200 ../app.wasm > cut.wasm; git add .; git commit -qm cut; git push -q; cd ..
  $ search cut.wasm
  /cut.wasm
  $ search --import '*' --smaller 1k
  $ search feature:mutable-global cut.wasm

The answers are the same when the catalog was lost, and without one.

  $ wasmstore search --all > warm; rm ~/.wasmstore/catalog-*
  $ wasmstore search --all | cmp - warm
  $ rm ~/.wasmstore/catalog-*; mkdir ~/.wasmstore/catalog-1.db
  $ wasmstore search --all | cmp - warm
  $ search 'import:wasi_*' --all
  /app.wasm
  $ rmdir ~/.wasmstore/catalog-1.db

OR between terms, sizes and paths as terms, and the names that were found.

  $ wasmstore add app.wasm /again.wasm > /dev/null
  $ search import:env.log OR kind:component OR plugins/deep
  /again.wasm
  /plugins/deep/b.wasm
  $ search export:run larger:3000 OR export:version smaller:1k
  /again.wasm
  /app.wasm
  /plugins/deep/b.wasm
  $ search export:version OR export:run --larger 1k
  /app.wasm
  /plugins/a.wasm
  /plugins/deep/b.wasm
  $ search path:plugins larger:3k
  /plugins/deep/b.wasm
  $ wasmstore search import:env.log 'producer:rustc*' OR plugins/deep --json
  [
  {"hash":"138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5","kind":"core","matches":[{"name":"env.log","subject":"import"},{"name":"rustc 1.89.0","subject":"producer"}],"path":"/again.wasm","size":234},
  {"hash":"6a20277868e98c426378d1e9774cdba67599141efdcbbab51198177130375c5f","kind":"core","matches":[],"path":"/plugins/deep/b.wasm","size":70000}
  ]
  $ search import:env.log OR
  ERROR OR must be between terms
  $ wasmstore remove again.wasm

A module of a branch that was merged and deleted, which no first parent has.

  $ wasmstore branch side
  $ make-wasm s.wasm 500 9; wasmstore add s.wasm --branch side > /dev/null; wasmstore remove s.wasm --branch side
  $ make-wasm t.wasm 500 10; wasmstore add t.wasm --branch side > /dev/null
  $ make-wasm u.wasm 500 11; wasmstore add u.wasm > /dev/null; wasmstore merge side; wasmstore branch side --delete
  $ search --all s.wasm
  $ wasmstore search --all-refs s.wasm > found; cut -f2 found
  /s.wasm
  $ wasmstore find $(cut -f3 found):s.wasm | cmp - s.wasm
  $ search --all-refs --all
  ERROR --all-refs cannot be used with --all or --rev
  $ wasmstore search --all-refs --larger 10k | cut -f2
  /app.wasm
  /plugins/deep/b.wasm

Mistakes.

  $ wasmstore search larger:1XB
  ERROR larger: must be a number of bytes, such as 1000, 64KiB or 1.5MB, not '1XB'
  [2]
  $ wasmstore search exports:run
  ERROR unknown condition 'exports:': did you mean 'export'?
  hint: use path:exports:run for a path
  [2]
  $ wasmstore search env:log
  ERROR unknown condition 'env:'
  hint: use path:env:log for a path
  [2]
  $ search path:exports:run /exports:run a/b:c 'x*:y'
  $ wasmstore search --feature sidm
  ERROR unknown feature 'sidm': did you mean 'simd'?
  hint: usage: wasmstore search [TERM...] [--import GLOB] [--export GLOB]
                                [--feature NAME] [--producer GLOB] [--kind KIND]
                                [--larger SIZE] [--smaller SIZE] [--rev REV]
                                [--all | --all-refs] [-0]
  [2]
  $ wasmstore search kind:wat
  ERROR kind: must be core or component, not 'wat'
  [2]
  $ wasmstore search --larger 1XB
  ERROR --larger must be a number of bytes, such as 1000, 64KiB or 1.5MB, not '1XB'
  hint: usage: wasmstore search [TERM...] [--import GLOB] [--export GLOB]
                                [--feature NAME] [--producer GLOB] [--kind KIND]
                                [--larger SIZE] [--smaller SIZE] [--rev REV]
                                [--all | --all-refs] [-0]
  [2]
  $ wasmstore search ../x
  ERROR invalid path ../x: ".." is not allowed
  [1]
  $ wasmstore --branch nope search
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]

A module whose interface is larger than what is kept of it may be wanted, so that is said.

  $ python3 - <<'END'
  > def leb(n):
  >     out = b""
  >     while n > 127: out, n = out + bytes([n & 127 | 128]), n >> 7
  >     return out + bytes([n])
  > def section(id, entries): body = leb(len(entries)) + b"".join(entries); return bytes([id]) + leb(len(body)) + body
  > def text(name): return leb(len(name)) + name.encode()
  > imports = [text("env") + text(f"f{i}") + b"\0\0" for i in range(60)]
  > open("wide.wasm", "wb").write(b"\0asm\1\0\0\0" + section(1, [b"\x60" + leb(1000) + b"\x7e" * 1000 + b"\0"])
  >     + section(2, imports))
  > END
  $ wasmstore add wide.wasm > wide.hash
  $ wasmstore search --import env.f0 wide.wasm | cut -f2
  /wide.wasm
  $ wasmstore search --import env.f59 --json wide.wasm
  warning: a module is too large to be described completely and may match too, such as /wide.wasm
  []
  $ wasmstore search --import env.f59 -q wide.wasm
