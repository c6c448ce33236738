What modules may use is chosen with --features: a set, and what is added to it or taken away.

  $ make-wasm a.wasm
  $ printf '\0asm\1\0\0\0\1\6\1\140\0\2\177\177' > two-results.wasm
  $ printf '\0asm\1\0\0\0\5\4\1\10\0\0' > pages.wasm
  $ wasmstore add two-results.wasm --features mvp
  ERROR invalid module: the feature `multi-value` is not enabled (at offset 0xb)
  [1]
  $ ls -d ~/.wasmstore/refs/heads/* ~/.wasmstore/objects/??
  ls: cannot access '$HOME/.wasmstore/refs/heads/*': No such file or directory
  ls: cannot access '$HOME/.wasmstore/objects/??': No such file or directory
  [2]
  $ wasmstore add two-results.wasm --features mvp,multi-value
  e073348866b8b00447b31217245790b19af9622ce8d7ff0e4202f366f729a9e5
  $ wasmstore add pages.wasm
  ERROR invalid module: malformed limits flags: custom page sizes are not enabled (at offset 0xb)
  [1]
  $ wasmstore add pages.wasm --features +custom-page-sizes
  22b277301ea437f858b2b9d3e15ae8ea6099b33758d232a416b19f2434858faa
  $ wasmstore list -l | cut -f 3,5
  core	/pages.wasm
  core	/two-results.wasm

Refused among several, nothing is stored; a dry run says the same.

  $ mkdir build
  $ cp a.wasm two-results.wasm build
  $ wasmstore add -r build --to build --features -multi-value
  ERROR invalid module build/two-results.wasm: the feature `multi-value` is not enabled (at offset 0xb)
  [1]
  $ wasmstore add -r build --to build --features -multi-value --dry-run
  ERROR invalid module build/two-results.wasm: the feature `multi-value` is not enabled (at offset 0xb)
  [1]
  $ wasmstore list build

An unknown name is a mistake in the arguments.

  $ wasmstore add a.wasm --features wasm3,trheads 2>&1 | cut -c 1-56
  ERROR unknown feature 'trheads': did you mean 'threads'?
  hint: usage: wasmstore add FILE|- [PATH] [-m MSG]
                             [--features LIST | --no-valid
                             [--from REV] [--expect-head R
               wasmstore add -r SOURCE... [--to PREFIX] [-
                             [--features LIST | --no-valid
                             [--from REV] [--expect-head R
  $ wasmstore add a.wasm --features wasm3,trheads 2>&1 | grep -o 'known: mvp, .* custom-page-sizes'
  known: mvp, wasm1, wasm2, wasm3, default, all, mutable-global, saturating-float-to-int, sign-extension, multi-value, bulk-memory, reference-types, simd, relaxed-simd, tail-call, extended-const, multi-memory, memory64, exceptions, function-references, gc, threads, legacy-exceptions, wide-arithmetic, compact-imports, component-model, cm-async, branch-hinting, custom-page-sizes
  $ wasmstore add a.wasm --features wasm3,trheads 2> error
  [2]
  $ wasmstore add a.wasm --features ''
  ERROR option '--features' requires a value
  [2]

The setting add.features holds where the option is not given.

  $ wasmstore config set add.features wasm3,+trheads
  ERROR invalid value 'wasm3,+trheads' for wasmstore.add.features: there is no feature 'trheads'
  [1]
  $ wasmstore config set add.features wasm1
  $ wasmstore config get add.features
  wasm1
  $ wasmstore add two-results.wasm other.wasm
  ERROR invalid module: the feature `multi-value` is not enabled (at offset 0xb)
  [1]
  $ wasmstore add two-results.wasm other.wasm --features default
  e073348866b8b00447b31217245790b19af9622ce8d7ff0e4202f366f729a9e5
  $ git config --file ~/.wasmstore/config wasmstore.add.features nonsense
  $ wasmstore add a.wasm
  ERROR invalid value 'nonsense' for wasmstore.add.features: there is no feature 'nonsense'
  [1]
  $ wasmstore config unset add.features
  $ wasmstore add a.wasm
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6

What the store says of a module is the verdict by all features, whatever it accepts: a fact of the bytes.

  $ git clone -q ~/.wasmstore clone
  $ cp pages.wasm clone/pushed.wasm
  $ printf '\0asm\1\0\0\0\5\4\1\10\0\21' > clone/invalid.wasm
  $ git -C clone add . && git -C clone -c user.name=x -c user.email=x@y commit -q -m push && git -C clone push -q
  $ wasmstore list -l | grep -E 'pushed|invalid' | cut -f 3,5
  invalid	/invalid.wasm
  core	/pushed.wasm
