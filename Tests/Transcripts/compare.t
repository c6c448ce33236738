What a new module changes for the users and hosts of an old one.

  $ make-interface old.wasm 'import:env.log:ii>' 'export:run:>i' 'export:memory:memory 2'
  $ make-interface same.wasm 'import:env.log:ii>' 'export:run:>i' 'export:memory:memory 2' ; printf '\0\005\004more' >> same.wasm
  $ make-interface more.wasm 'import:env.log:ii>' 'export:run:>i' 'export:memory:memory 3' 'export:stop:>'
  $ make-interface less.wasm 'import:env.log:ii>' 'import:env.time:>l' 'export:memory:memory 1 4'
  $ wasmstore add -r old.wasm same.wasm more.wasm less.wasm > /dev/null
  4 added
  $ wasmstore compare old.wasm same.wasm
  patch	the interface is the same
  $ wasmstore compare old.wasm old.wasm
  patch	the interface is the same
  $ wasmstore compare old.wasm more.wasm
  minor	1 export changed, 1 export added
  changed	export	memory	minor	(memory 2) → (memory 3)
  added	export	stop	minor	(func)
  $ wasmstore compare more.wasm old.wasm
  major	1 export removed, 1 export changed
  changed	export	memory	major	(memory 3) → (memory 2)
  removed	export	stop	major	(func)
  $ wasmstore compare old.wasm less.wasm
  major	1 export removed, 1 export changed, 1 import added
  removed	export	run	major	(func (result i32))
  changed	export	memory	major	(memory 2) → (memory 1 4)
  added	import	env.time	major	(func (result i64))

Of one path in two revisions; a file beside the store; standard input.

  $ wasmstore add less.wasm /old.wasm > /dev/null
  $ wasmstore compare main~1:old.wasm old.wasm
  major	1 export removed, 1 export changed, 1 import added
  removed	export	run	major	(func (result i32))
  changed	export	memory	major	(memory 2) → (memory 1 4)
  added	import	env.time	major	(func (result i64))
  $ wasmstore compare main~1:old.wasm ./more.wasm
  minor	1 export changed, 1 export added
  changed	export	memory	minor	(memory 2) → (memory 3)
  added	export	stop	minor	(func)
  $ wasmstore compare ./more.wasm - --root nowhere < old.wasm
  major	1 export removed, 1 export changed
  changed	export	memory	major	(memory 3) → (memory 2)
  removed	export	stop	major	(func)
  $ test -e nowhere
  [1]
  $ wasmstore compare - -
  ERROR standard input (-) can be given only once
  [2]

A verdict can be required.

  $ wasmstore compare ./old.wasm ./more.wasm --require minor
  minor	1 export changed, 1 export added
  changed	export	memory	minor	(memory 2) → (memory 3)
  added	export	stop	minor	(func)
  $ wasmstore compare ./old.wasm ./less.wasm --require minor
  major	1 export removed, 1 export changed, 1 import added
  removed	export	run	major	(func (result i32))
  changed	export	memory	major	(memory 2) → (memory 1 4)
  added	import	env.time	major	(func (result i64))
  ERROR compare: the change is major; at most minor is allowed
  [5]
  $ wasmstore compare ./old.wasm ./more.wasm --require patch --json
  {"changes":[{"action":"changed","module":null,"name":"memory","new":"(memory 3)","old":"(memory 2)","severity":"minor","subject":"export"},{"action":"added","module":null,"name":"stop","new":"(func)","old":null,"severity":"minor","subject":"export"}],"complete":true,"new":{"hash":"c1715deda997b0f2fb818bbb62a7e742a071ed35fbee42adaccc8721484997c0","kind":"core","name":"./more.wasm","size":82},"new_features":[],"old":{"hash":"beca7a86031eeb8b4b90ff90d99897fa2bbefeab01534e665510325ca682a209","kind":"core","name":"./old.wasm","size":67},"verdict":"minor"}
  {"error":{"code":"incompatible","message":"compare: the change is minor; at most patch is allowed"}}
  [5]
  $ wasmstore compare ./old.wasm ./more.wasm --require major
  ERROR --require must be patch or minor, not 'major'
  hint: usage: wasmstore compare OLD NEW [--require patch|minor]
               wasmstore compare --base REV [PATH...] [--rev REV]
                                 [--require patch|minor]
  [2]

New features and another kind of module.

  $ make-interface vector.wasm 'import:env.log:ii>' 'export:run:>i' 'export:memory:memory 2' 'export:mul:vv>v'
  $ make-component box.wasm
  $ wasmstore compare ./old.wasm ./vector.wasm
  minor	1 export added, 1 new feature needed
  added	export	mul	minor	(func (param v128 v128) (result v128))
  added	feature	simd	minor
  $ wasmstore compare ./vector.wasm ./old.wasm
  major	1 export removed
  removed	export	mul	major	(func (param v128 v128) (result v128))
  $ wasmstore compare ./old.wasm ./box.wasm
  major	another kind of module, 1 new feature needed
  changed	kind		major	core module → component
  added	feature	component-model	minor
  $ wasmstore compare ./old.wasm ./vector.wasm --json
  {"changes":[{"action":"added","module":null,"name":"mul","new":"(func (param v128 v128) (result v128))","old":null,"severity":"minor","subject":"export"}],"complete":true,"new":{"hash":"e4181dcec1be93ffcfb5c9459a5fcace16d2facaf8a00123585e835c9d9176a4","kind":"core","name":"./vector.wasm","size":84},"new_features":["simd"],"old":{"hash":"beca7a86031eeb8b4b90ff90d99897fa2bbefeab01534e665510325ca682a209","kind":"core","name":"./old.wasm","size":67},"verdict":"minor"}

For people.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore compare ./old.wasm ./less.wasm'
  major: 1 export removed, 1 export changed, 1 import added
  major  -export run: (func (result i32))
  major  ~export memory: (memory 2) → (memory 1 4)
  major  +import env.time: (func (result i64))
  $ terminal 'wasmstore compare ./old.wasm ./vector.wasm'
  minor: 1 export added, 1 new feature needed
  minor  +export mul: (func (param v128 v128) (result v128))
  minor  +feature simd
  $ terminal 'wasmstore compare ./old.wasm ./same.wasm'
  patch: the interface is the same
  $ terminal 'wasmstore compare ./old.wasm ./box.wasm'
  major: another kind of module, 1 new feature needed
  major  ~kind: core module → component
  minor  +feature component-model
  $ terminal 'wasmstore compare ./old.wasm ./less.wasm --color always' | head -3 | cat -v
  major: 1 export removed, 1 export changed, 1 import added
  major  ^[[31m-export run: (func (result i32))^[[0m
  major  ^[[33m~export memory: (memory 2) M-bM-^FM-^R (memory 1 4)^[[0m

No name can confuse a terminal or a line-based reader.

  $ make-interface odd.wasm "export:$(printf 'a\tb\nc\033[2J'):>"
  $ wasmstore compare ./odd.wasm ./old.wasm
  major	1 export removed, 2 exports added, 1 import added
  removed	export	a\u{9}b\u{a}c\u{1b}[2J	major	(func)
  added	export	run	minor	(func (result i32))
  added	export	memory	minor	(memory 2)
  added	import	env.log	major	(func (param i32 i32))

What is missing, or no valid module.

  $ wasmstore compare old.wasm nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ head -c 40 old.wasm > cut.wasm
  $ wasmstore compare ./old.wasm ./cut.wasm
  ERROR ./cut.wasm: invalid module: unexpected end-of-file
  [1]
  $ wasmstore compare ./cut.wasm ./old.wasm --json
  {"error":{"code":"invalid_module","message":"./cut.wasm: invalid module: unexpected end-of-file"}}
  [1]
  $ echo text > text.txt
  $ wasmstore compare ./old.wasm ./text.txt
  ERROR ./text.txt: it is not a WebAssembly binary
  [1]
  $ wasmstore compare ./old.wasm ./nope.wasm
  ERROR ./nope.wasm: No such file or directory
  [1]
  $ wasmstore compare old.wasm
  ERROR compare requires OLD and NEW, or --base REV
  [2]
