A line for each file: its name, the verdict, and why it is refused. Ends with 1 if one is.

  $ make-wasm a.wasm
  $ make-component c.wasm
  $ wasmstore validate a.wasm c.wasm
  a.wasm	valid
  c.wasm	valid
  $ head -c 12 a.wasm > cut.wasm
  $ echo text > readme.txt
  $ wasmstore validate a.wasm cut.wasm readme.txt
  a.wasm	valid
  cut.wasm	invalid	unexpected end-of-file
  readme.txt	invalid	magic header not detected (at offset 0x0)
  [5]

A refusal in a function names it, by the name section, which stands behind the code.

  $ printf '\0asm\1\0\0\0\1\5\1\140\0\1\177\3\2\1\0\12\6\1\4\0\102\1\13' > unnamed.wasm
  $ (cat unnamed.wasm; printf '\0\13\4name\1\4\1\0\1f') > named.wasm
  $ wasmstore validate unnamed.wasm named.wasm
  unnamed.wasm	invalid	type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0)
  named.wasm	invalid	type mismatch: instruction requires [i32] but stack has [i64] (at offset 0x1a, function 0 "f")
  [5]

Standard input is `-`.

  $ cat a.wasm | wasmstore validate -
  -	valid
  $ wasmstore validate - a.wasm < cut.wasm
  -	invalid	unexpected end-of-file
  a.wasm	valid
  [5]

What cannot be read is an error; the rest is judged all the same.

  $ wasmstore validate nope.wasm a.wasm . 2> errors
  a.wasm	valid
  [1]
  $ cat errors
  ERROR nope.wasm: No such file or directory
  ERROR .: it is a directory

With --batch every file below a folder is judged, in the order of its name's bytes. Links are not followed.

  $ mkdir -p build/deep build-2 empty
  $ cp a.wasm build/a.wasm
  $ cp c.wasm build/deep/c.wasm
  $ cp cut.wasm build/deep.wasm
  $ cp readme.txt "$(printf 'build/with\ttab')"
  $ ln -s ../a.wasm build/link.wasm
  $ wasmstore validate --batch build
  a.wasm	valid
  deep.wasm	invalid	unexpected end-of-file
  deep/c.wasm	valid
  "with\ttab"	invalid	magic header not detected (at offset 0x0)
  [5]
  $ wasmstore validate --batch empty
  $ wasmstore validate --batch nope
  ERROR nope: No such file or directory
  [1]
  $ wasmstore validate --batch a.wasm
  ERROR a.wasm: it is not a directory
  [1]

As JSON an array, with what is known of a refusal.

  $ wasmstore validate named.wasm c.wasm cut.wasm readme.txt --json
  [
  {"features":null,"format":null,"function":{"index":0,"name":"f"},"hint":null,"kind":"core","message":"type mismatch: instruction requires [i32] but stack has [i64]","name":"named.wasm","offset":26,"reason":"invalid","valid":false},
  {"features":["component-model"],"format":null,"function":null,"hint":null,"kind":"component","message":null,"name":"c.wasm","offset":null,"reason":null,"valid":true},
  {"features":null,"format":null,"function":null,"hint":null,"kind":"core","message":"unexpected end-of-file","name":"cut.wasm","offset":12,"reason":"unexpected_end","valid":false},
  {"features":null,"format":null,"function":null,"hint":null,"kind":null,"message":"magic header not detected","name":"readme.txt","offset":0,"reason":"malformed","valid":false}
  ]
  {"error":{"code":"not_valid","message":"3 of 4 files are not valid modules"}}
  [5]
  $ wasmstore validate --batch empty --json
  []
  $ wasmstore validate nope.wasm a.wasm --json
  {"error":{"code":"invalid_input","message":"nope.wasm: No such file or directory"}}
  [
  {"features":[],"format":null,"function":null,"hint":null,"kind":"core","message":null,"name":"a.wasm","offset":null,"reason":null,"valid":true}
  ]
  [1]

Features: a set, and what is added to it or taken away.

  $ printf '\0asm\1\0\0\0\1\6\1\140\0\2\177\177' > two-results.wasm
  $ wasmstore validate two-results.wasm
  two-results.wasm	valid
  $ wasmstore validate two-results.wasm --features mvp
  two-results.wasm	invalid	the feature `multi-value` is not enabled (at offset 0xb)
  [5]
  $ wasmstore validate two-results.wasm --features mvp,multi-value
  two-results.wasm	valid
  $ wasmstore validate two-results.wasm --features -multi-value
  two-results.wasm	invalid	the feature `multi-value` is not enabled (at offset 0xb)
  [5]
  $ wasmstore validate two-results.wasm --features wasm2,smid | cut -c 1-60
  ERROR unknown feature 'smid': did you mean 'simd'? (known: mvp, wasm1, wasm2, wasm3, default, all, mutable-global, saturating-float-to-int, sign-extension, multi-value, bulk-memory, reference-types, simd, relaxed-simd, tail-call, extended-const, multi-memory, memory64, exceptions, function-references, gc, threads, legacy-exceptions, wide-arithmetic, compact-imports, component-model, cm-async, branch-hinting, custom-page-sizes, mixed-exceptions, large-fixed-arrays)
  hint: usage: wasmstore validate FILE|-... [--features LIST]
               wasmstore validate --batch DIR [--features LIST]
  $ wasmstore validate c.wasm --features wasm3
  c.wasm	invalid	the component model feature is not enabled (at offset 0x0)
  [5]
  $ printf '\0asm\1\0\0\0\5\4\1\10\0\0' > pages.wasm
  $ wasmstore validate pages.wasm
  pages.wasm	invalid	malformed limits flags: custom page sizes are not enabled (at offset 0xb)
  [5]
  $ wasmstore validate pages.wasm --features all
  pages.wasm	valid

  $ wasmstore validate
  ERROR validate requires files, -, or --batch DIR
  [2]
  $ wasmstore validate --batch build a.wasm
  ERROR --batch cannot be used together with files
  [2]
  $ wasmstore validate - - < a.wasm
  ERROR standard input (-) can be given only once
  [2]

No store is needed, and none is made; a home neither.

  $ (unset HOME; wasmstore validate a.wasm; wasmstore inspect ./a.wasm | head -n 1; wasmstore completions bash > completions)
  a.wasm	valid
  hash       c4006a0939ed013b8bf7b0f0358af6c389d483a6a0e981d205afb2e13151efb6

  $ ls ~/.wasmstore
  ls: cannot access '$HOME/.wasmstore': No such file or directory
  [2]

What is mistaken for a module is named, and in JSON there is what can be done.

  $ echo '(module)' > app.wat; printf '\037\213\10' > app.wasm.gz; printf '\177ELF\2\1' > app
  $ wasmstore validate app.wat app.wasm.gz app
  app.wat	invalid	magic header not detected (at offset 0x0): the file is WebAssembly text
  app.wasm.gz	invalid	unexpected end-of-file: the file is gzip data
  app	invalid	magic header not detected (at offset 0x0): the file is an ELF file
  [5]
  $ wasmstore validate app.wat --json
  [
  {"features":null,"format":"WebAssembly text","function":null,"hint":"wasm-tools parse FILE -o FILE.wasm converts it to a module","kind":null,"message":"magic header not detected","name":"app.wat","offset":0,"reason":"malformed","valid":false}
  ]
  {"error":{"code":"not_valid","message":"1 of 1 files are not valid modules"}}
  [5]
  $ wasmstore add app.wat --json
  {"error":{"code":"invalid_module","hint":"wasm-tools parse FILE -o FILE.wasm converts it to a module","message":"invalid module: magic header not detected (at offset 0x0): the file is WebAssembly text"}}
  [1]
  $ wasmstore inspect ./app.wat
  ERROR ./app.wat is not a module but WebAssembly text
  hint: wasm-tools parse FILE -o FILE.wasm converts it to a module
  [1]

Sizes have 32 bits without 64-bit memories, as offsets have.

  $ printf '\0asm\1\0\0\0\5\10\1\0\201\200\200\200\200\0' > limits.wasm
  $ wasmstore validate limits.wasm
  limits.wasm	valid
  $ wasmstore validate --features wasm2 limits.wasm
  limits.wasm	invalid	integer representation too long (at offset 0x10)
  [5]
