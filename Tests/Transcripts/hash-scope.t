find, hash, contains, filename and remove see the modules of the branch's current tree.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ a=$(wasmstore add a.wasm); b=$(wasmstore add b.wasm m --branch other)
  $ wasmstore contains $a
  true
  $ wasmstore contains $b
  false
  $ wasmstore contains $b --branch other
  true
  $ wasmstore remove a.wasm
  $ for command in find hash filename remove; do wasmstore $command $a; done
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: it was last at 19c06be:/a.wasm
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: it was last at 19c06be:/a.wasm
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: it was last at 19c06be:/a.wasm
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: it was last at 19c06be:/a.wasm
  [1]
  $ wasmstore contains $a
  false

A miss says where the module last was, by a name that can be used.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal "wasmstore find $a"
  ERROR not found: 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb on main
  hint: it was last at 19c06be:/a.wasm
  [1]
  $ terminal 'wasmstore find a.wasm'
  ERROR not found: /a.wasm on main
  hint: it was last at 19c06be:/a.wasm
  [1]
  $ wasmstore find a.wasm --json 2>&1 | sed 's/.*"it was last at \([^"]*\)".*/\1/' | xargs wasmstore find | cmp - a.wasm

set takes what any branch's or tag's history reaches.

  $ wasmstore set $a again
  $ wasmstore set $b from-other
  $ wasmstore list | cut -f2
  /again
  /from-other

What nothing reaches is never visible.

  $ git -C ~/.wasmstore hash-object -w --stdin < b.wasm > /dev/null
  $ make-wasm c.wasm 64 3
  $ git -C ~/.wasmstore hash-object -w $TRANSCRIPT/c.wasm > /dev/null
  $ wasmstore set $(sha256sum < c.wasm | cut -c1-64) c.wasm
  ERROR not found: f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore contains $(sha256sum < c.wasm | cut -c1-64)
  false
