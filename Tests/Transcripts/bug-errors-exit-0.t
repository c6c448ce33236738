Every failure has an exit status of its own kind, and its text on standard error.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm > /dev/null; wasmstore branch other
  $ failing() { "$@" > out 2> err; echo "$? $(wc -c < out) $(head -c 60 err)"; }
  $ failing wasmstore restore nope
  1 0 ERROR unknown revision: nope
  $ failing wasmstore restore main nope
  1 0 ERROR not found: main:/nope
  hint: wasmstore list shows the m
  $ failing wasmstore commit nope
  1 0 ERROR unknown revision: nope
  $ failing wasmstore log nope
  1 0 ERROR unknown revision: nope
  $ failing wasmstore set nope x
  1 0 ERROR invalid hash: nope
  $ failing wasmstore set 0000000000000000000000000000000000000000000000000000000000000000 x
  1 0 ERROR not found: 0000000000000000000000000000000000000000000
  $ failing wasmstore remove nope
  1 0 ERROR not found: /nope on main
  hint: wasmstore list shows th
  $ failing wasmstore branch other
  1 0 ERROR branch other already exists
  hint: wasmstore branch lis
  $ failing wasmstore branch nope --delete
  1 0 ERROR no branch nope
  hint: wasmstore branch lists the branch
  $ failing wasmstore merge nope
  1 0 ERROR unknown revision: nope
  $ failing wasmstore rollback nope
  1 0 ERROR not found: /nope on main
  hint: wasmstore list shows th
  $ failing wasmstore version 7 a.wasm
  1 0 ERROR version 7 does not exist for /a.wasm
  hint: wasmstore v
  $ failing wasmstore snapshot --branch nope
  1 0 ERROR no branch nope
  hint: wasmstore branch lists the branch
  $ failing wasmstore find nope
  1 0 ERROR not found: /nope on main
  hint: wasmstore list shows th
  $ echo text > text.wasm; failing wasmstore add text.wasm
  1 0 ERROR invalid module: magic header not detected (at offset 0
  $ failing wasmstore --bogus
  2 0 ERROR unknown option '--bogus'
  $ failing wasmstore branch main --delete
  3 0 ERROR main is protected
  hint: it is the default branch; wasm
