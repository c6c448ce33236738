With --no-validate what begins as a module is stored, valid or not, with a warning.

  $ make-wasm a.wasm
  $ printf '\0asm\1\0\0\0\1\5\1\140\0\1\177\3\2\1\0\12\6\1\4\0\102\1\13' > wrong.wasm
  $ wasmstore add wrong.wasm
  ERROR invalid module: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  [1]
  $ wasmstore add wrong.wasm --no-validate
  warning: not validated: /wrong.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9
  $ wasmstore add wrong.wasm again.wasm --no-validate --json
  warning: not validated: /again.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  {"branch":"main","commit":"ccbd73853efa9cee40a5259d110225696b24ec01","dry_run":false,"hash":"85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9","outcome":"added","path":"/again.wasm","problem":"type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)","size":27}
  $ wasmstore add wrong.wasm quiet.wasm --no-validate -q
  85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9
  $ wasmstore add a.wasm --no-validate
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  $ cat wrong.wasm | wasmstore add - piped.wasm --no-validate 2> /dev/null
  85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9
  $ wasmstore find wrong.wasm | cmp - wrong.wasm
  $ wasmstore list -l | cut -f 2,3,5
  64	core	/a.wasm
  27	invalid	/again.wasm
  27	invalid	/piped.wasm
  27	invalid	/quiet.wasm
  27	invalid	/wrong.wasm
  $ wasmstore list -l --json | grep -o '"path":"/wrong.wasm".*"problem":"[^"]*"' | sed 's/.*problem/problem/'
  problem":"type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)"

It is found by its exact bytes.

  $ wasmstore contains $(sha256sum < wrong.wasm | cut -c 1-64)
  true
  $ wasmstore hash sha256:$(sha256sum < wrong.wasm | cut -c 1-64)
  85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9

In a dry run and with -r likewise.

  $ mkdir build
  $ cp a.wasm wrong.wasm build
  $ echo text > build/readme.txt
  $ wasmstore add -r build --to build --no-validate --dry-run
  warning: not validated: /build/wrong.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  would be: 2 added
  would add	/build/a.wasm	c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6
  would add	/build/wrong.wasm	85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9
  $ wasmstore list build
  $ wasmstore add -r build --to build --no-validate
  warning: not validated: /build/wrong.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  2 added
  c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6	/build/a.wasm
  85b3c25192c9add7cf14aeb497c22f037d9eae4954cf6f18ae4b7176661f82c9	/build/wrong.wasm
  $ wasmstore add -r build --to build --no-validate --if-absent 2>&1 | grep -c warning
  0
  [1]

What does not begin as a module is refused all the same.

  $ echo text > text.wasm
  $ wasmstore add text.wasm --no-validate
  ERROR invalid module: magic header not detected (at offset 0x0)
  [1]
  $ printf '\0as' | wasmstore add - cut.wasm --no-validate
  ERROR invalid module: unexpected end-of-file
  [1]
  $ : > empty.wasm
  $ wasmstore add empty.wasm --no-validate
  ERROR invalid module: unexpected end-of-file
  [1]
  $ printf '\0asm' | wasmstore add - magic.wasm --no-validate
  warning: not validated: /magic.wasm: unexpected end-of-file
  cd5d4935a48c0672cb06407bb443bc0087aff947c6b864bac886982c73b3027f

A large module is stored as it comes, from a file and from a pipe.

  $ (cat wrong.wasm; head -c 3000000 /dev/zero) > large.wasm
  $ wasmstore add large.wasm --no-validate
  warning: not validated: /large.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  4d0cfa2183e88dd2b910b37963d8c1eab9210e5508c0e4fc5c0e815599ec9759
  $ cat large.wasm | wasmstore add - large-piped.wasm --no-validate
  warning: not validated: /large-piped.wasm: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  4d0cfa2183e88dd2b910b37963d8c1eab9210e5508c0e4fc5c0e815599ec9759
  $ wasmstore find large.wasm | cmp - large.wasm
  $ wasmstore hash large.wasm | diff - <(wasmstore hash large-piped.wasm)

  $ wasmstore add a.wasm --no-validate --features all
  ERROR --features and --no-validate cannot be used together
  [2]

The names of functions stand in the messages of add too.

  $ (cat wrong.wasm; printf '\0\13\4name\1\4\1\0\1f') > named.wasm
  $ wasmstore add named.wasm
  ERROR invalid module: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0 "f")
  [1]
  $ cat named.wasm | wasmstore add - named.wasm
  ERROR invalid module: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0 "f")
  [1]
  $ (cat wrong.wasm; printf '\0\304\215\267\1\3fil'; head -c 3000000 /dev/zero; printf '\0\13\4name\1\4\1\0\1f') > large-named.wasm
  $ wasmstore add large-named.wasm
  ERROR invalid module: type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0 "f")
  [1]
