#requires: wasm-tools

Components, made by another program from descriptions of their worlds.

  $ component() {
  >   mkdir -p $1 && cat > $1/world.wit
  >   wasm-tools component embed --dummy $1 | wasm-tools component new -o $1.wasm
  > }
  $ component old <<'END'
  > package acme:app;
  > package acme:io@0.2.0 {
  >   interface error { resource failure; record place { line: u32 } }
  >   interface files { use error.{failure, place}; read: func(at: place) -> result<list<u8>, failure>; }
  > }
  > world app { import acme:io/files@0.2.0; export run: func(words: list<string>) -> u32; }
  > END
  $ sed 's/0\.2\.0/0.2.1/; s/export run/export stop: func(); export run/' old/world.wit | component newer
  $ sed 's/line: u32/line: u64/; s/words: list<string>/words: list<string>, fast: bool/' old/world.wit | component other
  $ sed 's/export run.*/}/' old/world.wit | component less
  $ wasmstore compare ./old.wasm ./old.wasm
  patch	the interface is the same
  $ wasmstore compare ./old.wasm ./newer.wasm
  major	1 export added, 2 imports has another version
  added	export	stop	minor	func()
  version	import	acme:io/error	major	0.2.0 → 0.2.1
  version	import	acme:io/files	major	0.2.0 → 0.2.1
  $ wasmstore compare ./newer.wasm ./old.wasm
  major	1 export removed, 2 imports has another version
  removed	export	stop	major	func()
  version	import	acme:io/error	minor	0.2.1 → 0.2.0
  version	import	acme:io/files	minor	0.2.1 → 0.2.0
  $ wasmstore compare ./old.wasm ./other.wasm
  major	1 export changed, 1 import changed
  changed	export	run	major	func(words: list<string>) -> u32 → func(words: list<string>, fast: bool) -> u32
  changed	import	acme:io/error@0.2.0#place	major	type record { line: u32 } → type record { line: u64 }
  $ wasmstore compare ./old.wasm ./less.wasm
  major	1 export removed
  removed	export	run	major	func(words: list<string>) -> u32
  $ wasmstore compare ./less.wasm ./old.wasm --require minor
  minor	1 export added
  added	export	run	minor	func(words: list<string>) -> u32

What the hosts of WASI 0.2 offer, and another one.

  $ wasmstore can-run wasip2 ./old.wasm
  no	./old.wasm
    import acme:io/error@0.2.0: the host does not offer it
    import acme:io/files@0.2.0: the host does not offer it
  [5]
  $ sed 's/acme:io/wasi:io/' old/world.wit | component wasi
  $ wasmstore can-run wasip2 ./wasi.wasm
  yes	./wasi.wasm
  $ printf '%s\n' 'acme:io/error@0.2.7' 'acme:io/files@0.2.0' > host.txt
  $ wasmstore can-run host.txt ./old.wasm ./newer.wasm
  yes	./old.wasm
  no	./newer.wasm
    import acme:io/files@0.2.1: the host does not offer it
  [5]
  $ echo 'acme:io/*@0.2.7' > host.txt
  $ wasmstore can-run host.txt ./old.wasm ./newer.wasm
  yes	./old.wasm
  yes	./newer.wasm

What a host offers may have more in it, in another order and written with other spaces. The types of another interface
have the version of the host's.

  $ wasmstore inspect ./old.wasm | sed -n '/^world/,/^}/p'
  world {
    import acme:io/error@0.2.0: interface {
      resource failure;
      type place = record { line: u32 };
    }
    import acme:io/files@0.2.0: interface {
      type place = acme:io/error@0.2.0.{place};
      type failure = acme:io/error@0.2.0.{failure};
      read: func(at: place) -> result<list<u8>, failure>;
    }
    export run: func(words: list<string>) -> u32;
  }
  $ cat > host.txt <<'END'
  > acme:io/error@0.2.7: interface { type place = record{line: u32}; resource other; resource failure; }
  > acme:io/files@0.2.7: interface { write: func(); failure: type acme:io/error@0.2.7.{failure}; type place = acme:io/error@0.2.7.{place}; read: func(at: place)  -> result< list<u8>, failure >; }
  > END
  $ wasmstore can-run host.txt ./old.wasm ./newer.wasm ./other.wasm
  yes	./old.wasm
  yes	./newer.wasm
  no	./other.wasm
    import acme:io/error@0.2.0#place: has type type record { line: u64 }; the host offers type record { line: u32 }
  [5]
  $ sed -i 's/; read:.*/; }/' host.txt
  $ wasmstore can-run host.txt ./old.wasm
  no	./old.wasm
    import acme:io/files@0.2.0#read: the host does not offer it
  [5]
  $ echo 'acme:io/files@0.2.7: interface { read: func( }' >> host.txt
  $ wasmstore can-run host.txt ./old.wasm
  ERROR host.txt:3: 'interface { read: func( }' is not a type
  [1]

Types that differ have different names: one that is called like a word of WIT, and one of an interface that the
component imports as well as exports.

  $ component word <<'END'
  > package a:b;
  > interface u { record %string { x: u32 } f: func(p: string); }
  > world w { export u; }
  > END
  $ sed 's/p: string/p: %string/' word/world.wit | component record
  $ wasmstore compare ./word.wasm ./record.wasm
  major	1 export changed
  changed	export	a:b/u#f	major	func(p: string) → func(p: %string)
  $ component host <<'END'
  > package a:b;
  > interface t { resource r; }
  > interface u { use t.{r}; f: func(p: r); }
  > world w { import t; export u; }
  > END
  $ sed 's/export u/export t; export u/' host/world.wit | component own
  $ wasmstore compare ./host.wasm ./own.wasm
  major	1 export changed, 1 export added
  changed	export	a:b/u#r	major	type a:b/t.{r} → type export a:b/t.{r}
  added	export	a:b/t	minor	interface with 1 item
  $ wasmstore inspect ./own.wasm | grep 'type r'
      type r = export a:b/t.{r};

The type of a function or tag is more than its signature where it is open to subtypes, has a supertype or is defined
together with others.

  $ text() { wasm-tools parse - -o $1.wasm; }
  $ text plain <<< '(module (type $t (func (param i32))) (import "env" "f" (func (type $t))) (export "f" (func 0)))'
  $ text open <<< '(module (type $t (sub (func (param i32)))) (import "env" "f" (func (type $t))) (export "f" (func 0)))'
  $ wasmstore compare ./plain.wasm ./open.wasm
  major	1 export changed, 1 import changed, 1 new feature needed
  changed	export	f	major	(func (param i32)) → (func (type $4a4f1d3159075af7) (param i32))
  changed	import	env.f	major	(func (param i32)) → (func (type $4a4f1d3159075af7) (param i32))
  added	feature	gc	minor
  $ wasmstore inspect ./open.wasm | grep -A4 imports
  imports from env
    f  (func (type $4a4f1d3159075af7) (param i32))

  exports
    f  (func (type $4a4f1d3159075af7) (param i32))
  $ wasmstore inspect ./open.wasm --json | grep -o '"exports":[^]]*]'
  "exports":[{"name":"f","type":{"async":false,"defined_type":"$4a4f1d3159075af7","kind":"function","parameters":[{"name":null,"type":"i32"}]
  $ echo 'env.f: (func (param i32))' > closed.txt; wasmstore can-run closed.txt ./plain.wasm ./open.wasm
  yes	./plain.wasm
  no	./open.wasm
    import env.f: has type (func (type $4a4f1d3159075af7) (param i32)); the host offers (func (param i32))
  [5]
  $ wasmstore inspect ./open.wasm | sed -n 's/^  f  /env.f: /p' | head -n 1 > open.txt; wasmstore can-run open.txt ./open.wasm
  yes	./open.wasm

What an import or export of a component implements is shown, compared and found.

  $ text store <<'END'
  > (component (import "primary" (implements "acme:kv/store@1.0.0") (instance (export "get" (func (result u32)))))
  >   (import "backup" (implements "acme:kv/store@1.0.0") (instance (export "get" (func (result u32))))))
  > END
  $ sed 's/store@1.0.0/store@1.1.0/' > later.wat <<'END'
  > (component (import "primary" (implements "acme:kv/store@1.0.0") (instance (export "get" (func (result u32))))))
  > END
  $ text later < later.wat
  $ wasmstore inspect ./store.wasm | sed -n '/^world/,/^}/p'
  world {
    import primary: interface acme:kv/store@1.0.0 {
      get: func() -> u32;
    }
    import backup: interface acme:kv/store@1.0.0 {
      get: func() -> u32;
    }
  }
  $ wasmstore inspect ./store.wasm --json | grep -o '"implements":[^,]*' | uniq
  "implements":"acme:kv/store@1.0.0"
  $ wasmstore compare ./store.wasm ./later.wasm
  major	1 import removed, 1 import changed
  changed	import	primary	major	interface acme:kv/store@1.0.0 with 1 item → interface acme:kv/store@1.1.0 with 1 item
  removed	import	backup	minor	interface acme:kv/store@1.0.0 with 1 item
  $ wasmstore add -r store.wasm plain.wasm > /dev/null
  2 added
  $ wasmstore search --import 'acme:kv/*' | cut -f2
  /store.wasm
  $ wasmstore search import:primary | cut -f2
  /store.wasm
  $ printf '%s\n' primary 'backup: interface acme:kv/store@1.0.0 { get: func() -> u32 }' > kv.txt
  $ wasmstore can-run kv.txt ./store.wasm
  yes	./store.wasm
  $ echo acme:kv/store@1.0.0 > other.txt; wasmstore can-run other.txt ./store.wasm
  no	./store.wasm
    import primary: the host does not offer it
    import backup: the host does not offer it
  [5]

A WIT package is shown by its interfaces and worlds, compared by what they hold, and runs nowhere.

  $ package() { mkdir -p $1 && cat > $1/package.wit && wasm-tools component wit --wasm $1 -o $1.wasm; }
  $ package p100 <<< 'package d:p@1.0.0; interface i { f: func(); } world w { import i; export run: func(); }'
  $ package p101 <<< 'package d:p@1.0.1; interface i { f: func(); } world w { import i; export run: func(); }'
  $ package p110 <<< 'package d:p@1.1.0; interface i { f: func(); g: func(); } world w { import i; }'
  $ wasmstore inspect ./p100.wasm | sed -n '/^note/p;/^interface/,/^sections/p'
  note       a WIT package, which has no code
  interface d:p/i@1.0.0 {
    f: func();
  }

  world d:p/w@1.0.0 {
    import d:p/i@1.0.0: interface {
      f: func();
    }
    export run: func();
  }

  sections                 bytes   share  entries
  $ wasmstore compare ./p100.wasm ./p101.wasm
  minor	3 exports has another version
  version	export	d:p/i	minor	1.0.0 → 1.0.1
  version	export	d:p/w	minor	1.0.0 → 1.0.1
  version	export	d:p/w@1.0.0#import d:p/i	minor	1.0.0 → 1.0.1
  $ wasmstore compare ./p100.wasm ./p110.wasm
  minor	1 export removed, 3 exports has another version, 2 exports added
  version	export	d:p/i	minor	1.0.0 → 1.1.0
  added	export	d:p/i@1.0.0#g	minor	func()
  version	export	d:p/w	minor	1.0.0 → 1.1.0
  removed	export	d:p/w@1.0.0#run	minor	func()
  version	export	d:p/w@1.0.0#import d:p/i	minor	1.0.0 → 1.1.0
  added	export	d:p/w@1.0.0#import d:p/i@1.0.0#g	minor	func()
  $ wasmstore compare ./p110.wasm ./p100.wasm
  major	2 exports removed, 3 exports has another version, 1 export added
  version	export	d:p/i	major	1.1.0 → 1.0.0
  removed	export	d:p/i@1.1.0#g	major	func()
  version	export	d:p/w	major	1.1.0 → 1.0.0
  added	export	d:p/w@1.1.0#run	major	func()
  version	export	d:p/w@1.1.0#import d:p/i	major	1.1.0 → 1.0.0
  removed	export	d:p/w@1.1.0#import d:p/i@1.1.0#g	major	func()
  $ wasmstore can-run wasip2 ./p100.wasm
  no	./p100.wasm
    is a WIT package, which has no code to run
  [5]

Another name of a type is that type. A version of an interface beside a later one is offered by who offers that.

  $ component number <<< 'package a:b; world w { export f: func(x: u32); }'
  $ component alias <<< 'package a:b; world w { type t = u32; export f: func(x: t); }'
  $ wasmstore compare ./alias.wasm ./number.wasm
  minor	1 import removed
  removed	import	t	minor	type u32
  $ wasmstore compare ./number.wasm ./alias.wasm
  major	1 import added
  added	import	t	major	type u32
  $ text later <<< '(component (import "a:b/io@0.2.3" (instance (export "f" (func)) (export "g" (func)))))'
  $ text both <<'END'
  > (component (import "a:b/io@0.2.3" (instance (export "f" (func)) (export "g" (func))))
  >   (import "a:b/io@0.2.0" (instance (export "f" (func)))))
  > END
  $ wasmstore compare ./later.wasm ./both.wasm
  minor	1 import added
  added	import	a:b/io@0.2.0	minor	interface with 1 item
  $ wasmstore compare ./both.wasm ./later.wasm
  minor	1 import removed
  removed	import	a:b/io@0.2.0	minor	interface with 1 item
