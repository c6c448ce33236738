What a module imports, exports and is made of. The module is, in the text format:

    (module $app
      (import "env" "log" (func (param i32 i32)))
      (import "env" "table" (table 1 funcref))
      (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1 16)
      (global (export "version") i32 (i32.const 3))
      (func $start)
      (func (export "run") (param i64) (result i64) local.get 0 i64.extend8_s)
      (start $start)
      (@producers (language "Rust" "") (processed-by "rustc" "1.89.0")))

  $ base64 -d > app.wasm <<END
  > AGFzbQEAAAABFgRgAn9/AGAEf39/fwF/YAAAYAF+AX4COwMDZW52A2xvZwAAA2VudgV0YWJsZQFwAAEWd2FzaV9zbmFwc2hvdF9w
  > cmV2aWV3MQhmZF93cml0ZQABAwMCAgMFBAEBARAGBgF/AEEDCwcaAwZtZW1vcnkCAAd2ZXJzaW9uAwADcnVuAAMIAQIKCgICAAsF
  > ACAAwgsANglwcm9kdWNlcnMCCGxhbmd1YWdlAQRSdXN0AAxwcm9jZXNzZWQtYnkBBXJ1c3RjBjEuODkuMAAVBG5hbWUABANhcHAB
  > CAECBXN0YXJ0
  > END
  $ wasmstore add app.wasm > /dev/null; wasmstore add app.wasm plugins/a.wasm > /dev/null
  $ wasmstore inspect app.wasm
  hash       138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5
  kind       core module
  size       234 bytes
  paths      /app.wasm
             /plugins/a.wasm
  name       app
  features   sign-extension
  producers  Rust (language)
             rustc 1.89.0 (processed-by)
  functions  2
  start      function 2
  memories   (memory 1 16)
  tables     (table 1 funcref)

  imports from env
    log    (func (param i32 i32))
    table  (table 1 funcref)

  imports from wasi_snapshot_preview1
    fd_write  (func (param i32 i32 i32 i32) (result i32))

  exports
    memory   (memory 1 16)
    version  (global i32)
    run      (func (param i64) (result i64))

  sections              bytes   share  entries
    type                   22   9.4 %        4
    import                 59  25.2 %        3
    function                3   1.2 %        2
    memory                  4   1.7 %        1
    global                  6   2.5 %        1
    export                 26  11.1 %        3
    start                   1   0.4 %
    code                   10   4.2 %        2
    producers (custom)     54  23.0 %
    name (custom)          21   8.9 %

A pipe and a terminal get the same, the sections before or behind the names, whatever name the module was asked for by.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ wasmstore inspect app.wasm > pipe; terminal 'wasmstore inspect main:plugins/a.wasm' | sort | diff <(sort pipe) -
  $ wasmstore inspect main~1:app.wasm | diff pipe -
  $ wasmstore inspect $(wasmstore hash app.wasm --short) | diff pipe -

The sections of a name: name, offset, bytes, entries.

  $ wasmstore inspect app.wasm --section import
  import	34	59	3
  $ wasmstore inspect app.wasm --section producers
  producers	157	54	-
  $ wasmstore inspect app.wasm --section import --json
  [
  {"count":3,"custom":false,"name":"import","offset":34,"size":59}
  ]
  $ wasmstore inspect app.wasm --section data
  ERROR no section data in app.wasm
  [1]

JSON.

  $ wasmstore inspect app.wasm --json | python3 -m json.tool --indent 1
  {
   "complete": true,
   "exports": [
    {
     "name": "memory",
     "type": {
      "address": "i32",
      "kind": "memory",
      "maximum": 16,
      "minimum": 1,
      "page_size": 65536,
      "shared": false,
      "text": "(memory 1 16)"
     }
    },
    {
     "name": "version",
     "type": {
      "kind": "global",
      "mutable": false,
      "text": "(global i32)",
      "type": "i32"
     }
    },
    {
     "name": "run",
     "type": {
      "async": false,
      "defined_type": null,
      "kind": "function",
      "parameters": [
       {
        "name": null,
        "type": "i64"
       }
      ],
      "results": [
       "i64"
      ],
      "text": "(func (param i64) (result i64))"
     }
    }
   ],
   "features": [
    "sign-extension"
   ],
   "functions": 2,
   "hash": "138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5",
   "imports": [
    {
     "module": "env",
     "name": "log",
     "type": {
      "async": false,
      "defined_type": null,
      "kind": "function",
      "parameters": [
       {
        "name": null,
        "type": "i32"
       },
       {
        "name": null,
        "type": "i32"
       }
      ],
      "results": [],
      "text": "(func (param i32 i32))"
     }
    },
    {
     "module": "env",
     "name": "table",
     "type": {
      "address": "i32",
      "element": "funcref",
      "kind": "table",
      "maximum": null,
      "minimum": 1,
      "text": "(table 1 funcref)"
     }
    },
    {
     "module": "wasi_snapshot_preview1",
     "name": "fd_write",
     "type": {
      "async": false,
      "defined_type": null,
      "kind": "function",
      "parameters": [
       {
        "name": null,
        "type": "i32"
       },
       {
        "name": null,
        "type": "i32"
       },
       {
        "name": null,
        "type": "i32"
       },
       {
        "name": null,
        "type": "i32"
       }
      ],
      "results": [
       "i32"
      ],
      "text": "(func (param i32 i32 i32 i32) (result i32))"
     }
    }
   ],
   "kind": "core",
   "memories": [
    {
     "address": "i32",
     "kind": "memory",
     "maximum": 16,
     "minimum": 1,
     "page_size": 65536,
     "shared": false,
     "text": "(memory 1 16)"
    }
   ],
   "module": "app.wasm",
   "module_name": "app",
   "paths": [
    "/app.wasm",
    "/plugins/a.wasm"
   ],
   "problem": null,
   "producers": [
    {
     "field": "language",
     "name": "Rust",
     "version": ""
    },
    {
     "field": "processed-by",
     "name": "rustc",
     "version": "1.89.0"
    }
   ],
   "sections": [
    {
     "count": 4,
     "custom": false,
     "name": "type",
     "offset": 10,
     "size": 22
    },
    {
     "count": 3,
     "custom": false,
     "name": "import",
     "offset": 34,
     "size": 59
    },
    {
     "count": 2,
     "custom": false,
     "name": "function",
     "offset": 95,
     "size": 3
    },
    {
     "count": 1,
     "custom": false,
     "name": "memory",
     "offset": 100,
     "size": 4
    },
    {
     "count": 1,
     "custom": false,
     "name": "global",
     "offset": 106,
     "size": 6
    },
    {
     "count": 3,
     "custom": false,
     "name": "export",
     "offset": 114,
     "size": 26
    },
    {
     "count": null,
     "custom": false,
     "name": "start",
     "offset": 142,
     "size": 1
    },
    {
     "count": 2,
     "custom": false,
     "name": "code",
     "offset": 145,
     "size": 10
    },
    {
     "count": null,
     "custom": true,
     "name": "producers",
     "offset": 157,
     "size": 54
    },
    {
     "count": null,
     "custom": true,
     "name": "name",
     "offset": 213,
     "size": 21
    }
   ],
   "size": 234,
   "start": 2,
   "tables": [
    {
     "address": "i32",
     "element": "funcref",
     "kind": "table",
     "maximum": null,
     "minimum": 1,
     "text": "(table 1 funcref)"
    }
   ],
   "target_features": [],
   "worlds": []
  }
  $ make-wasm small.wasm 64 1; wasmstore inspect ./small.wasm --json
  {"complete":true,"exports":[{"name":"run","type":{"async":false,"defined_type":null,"kind":"function","parameters":[],"results":["i32"],"text":"(func (result i32))"}}],"features":[],"functions":1,"hash":"516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb","imports":[],"kind":"core","memories":[],"module":"./small.wasm","module_name":null,"paths":[],"problem":null,"producers":[],"sections":[{"count":1,"custom":false,"name":"type","offset":10,"size":5},{"count":1,"custom":false,"name":"function","offset":17,"size":2},{"count":1,"custom":false,"name":"export","offset":21,"size":7},{"count":1,"custom":false,"name":"code","offset":30,"size":6},{"count":null,"custom":true,"name":"seed 1","offset":38,"size":26}],"size":64,"start":null,"tables":[],"target_features":[],"worlds":[]}

A component is shown as a world.

    (component
      (import "wasi:io/streams@0.2.0" (instance
        (export "input-stream" (type (sub resource)))
        (export "[method]input-stream.read"
          (func (param "self" (borrow 0)) (param "len" u64) (result (list u8))))))
      (import "log" (func (param "message" string)))
      (core module ...)
      (func (export "run") (param "level" u32) (result u32) (canon lift ...))
      (type $entry (record (field "name" string) (field "size" u64)))
      (export "entry" (type $entry)))

  $ base64 -d > comp.wasm <<END
  > AGFzbQ0AAQAHSAFCBQQADGlucHV0LXN0cmVhbQMBAWgAAXB9AUACBHNlbGYBA2xlbncAAgQAGVttZXRob2RdaW5wdXQtc3RyZWFt
  > LnJlYWQBAwoaAQAVd2FzaTppby9zdHJlYW1zQDAuMi4wBQAHDgFAAQdtZXNzYWdlcwEACggBAANsb2cBAQFWAGFzbQEAAAABDgJg
  > BH9/f38Bf2ABfwF/AwMCAAEFAwEAAQcaAwZtZW1vcnkCAAdyZWFsbG9jAAADcnVuAAEKCwIEAEEACwQAIAALAAkEbmFtZQACAW0C
  > BAEAAAAHDAFAAQVsZXZlbHkAeQYJAQAAAQADcnVuCAYBAAAAAAIHDwFyAgRuYW1lcwRzaXpldwsTAgAFZW50cnkDAwAAA3J1bgEB
  > AAAwDmNvbXBvbmVudC1uYW1lAQYAEQEAAW0BBgASAQABaQEHAQEAA2xvZwEGAwEDAnQn
  > END
  $ wasmstore inspect ./comp.wasm
  hash      f052a95972f44c59e2ff83c210ea4f71daede92a88247fc893c2d5416102c67a
  kind      component
  size      351 bytes
  features  component-model

  world {
    import wasi:io/streams@0.2.0: interface {
      resource input-stream;
      [method]input-stream.read: func(self: borrow<input-stream>, len: u64) -> list<u8>;
    }
    import log: func(message: string);
    export type entry = record { name: string, size: u64 };
    export run: func(level: u32) -> u32;
  }

  sections                   bytes   share  entries
    type × 4                   113  32.1 %        4
    import × 2                  34   9.6 %        2
    core module                 86  24.5 %
    core instance                4   1.1 %        1
    alias                        9   2.5 %        1
    canon                        6   1.7 %        1
    export                      19   5.4 %        2
    component-name (custom)     48  13.6 %
  $ wasmstore inspect ./comp.wasm --section import
  import	84	26	1
  import	128	8	1
  $ wasmstore inspect ./comp.wasm --json | grep -o '"imports".*"kind":"component"'
  "imports":[{"module":null,"name":"wasi:io/streams@0.2.0","type":{"exports":[{"name":"input-stream","type":{"kind":"resource","text":"resource"}},{"name":"[method]input-stream.read","type":{"async":false,"defined_type":null,"kind":"function","parameters":[{"name":"self","type":"borrow<input-stream>"},{"name":"len","type":"u64"}],"results":["list<u8>"],"text":"func(self: borrow<input-stream>, len: u64) -> list<u8>"}}],"implements":null,"kind":"instance","text":"interface { input-stream: resource; [method]input-stream.read: func(self: borrow<input-stream>, len: u64) -> list<u8> }"}},{"module":null,"name":"log","type":{"async":false,"defined_type":null,"kind":"function","parameters":[{"name":"message","type":"string"}],"results":[],"text":"func(message: string)"}}],"kind":"component"

A file beside the store, and standard input: no store is made.

  $ wasmstore --root none inspect ./app.wasm | grep -v ^paths | diff <(grep -v '^ *[p/].*wasm$' pipe) -
  $ mkdir sub; cd sub; wasmstore --root none inspect ../app.wasm | head -1; cd ..
  hash       138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5
  $ wasmstore --root none inspect - < app.wasm | head -2
  hash       138be1508bf4285c4a2c63f7ae8677990977d60e5a1a5b59f6dc0bc39b6336e5
  kind       core module
  $ wasmstore --root none inspect - --json < small.wasm | cut -c1-60
  {"complete":true,"exports":[{"name":"run","type":{"async":fa
  $ ls none
  ls: cannot access 'none': No such file or directory
  [2]
  $ wasmstore inspect ./nope.wasm
  ERROR ./nope.wasm: No such file or directory
  [1]
  $ echo text > readme.txt; wasmstore inspect ./readme.txt
  ERROR ./readme.txt: it is not a WebAssembly binary
  [1]
  $ wasmstore inspect ./sub
  ERROR ./sub: Is a directory
  [1]
  $ wasmstore inspect - < /dev/null
  ERROR standard input: it is not a WebAssembly binary
  [1]
  $ wasmstore inspect nope.wasm
  ERROR not found: /nope.wasm on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ cp app.wasm beside.wasm; wasmstore inspect beside.wasm --json
  {"error":{"code":"not_found","hint":"use ./beside.wasm for the file","message":"not found: /beside.wasm on main"}}
  [1]
  $ wasmstore inspect "$PWD/beside.wasm" --json
  {"error":{"code":"not_found","hint":"use - < $TRANSCRIPT/beside.wasm for the file","message":"not found: $TRANSCRIPT/beside.wasm on main"}}
  [1]

What is invalid has a problem, and that is all.

  $ head -c 100 app.wasm > cut.wasm; wasmstore inspect ./cut.wasm
  hash     5c166d112562bc025349b28f5dfb3e815b558e851446f0f0691a0ab3241117c3
  kind     core module
  size     100 bytes
  invalid  unexpected end-of-file
  $ wasmstore inspect ./cut.wasm --json
  {"complete":null,"exports":null,"features":null,"functions":null,"hash":"5c166d112562bc025349b28f5dfb3e815b558e851446f0f0691a0ab3241117c3","imports":null,"kind":"core","memories":null,"module":"./cut.wasm","module_name":null,"paths":[],"problem":"unexpected end-of-file","producers":null,"sections":null,"size":100,"start":null,"tables":null,"target_features":null,"worlds":null}
  $ wasmstore inspect ./cut.wasm --section type
  ERROR no section type in ./cut.wasm: invalid module: unexpected end-of-file
  [1]
  $ git clone -q ~/.wasmstore clone 2>&1
  $ cd clone; cp ../cut.wasm .; git add .; git commit -qm cut; git push -q; cd ..
  $ wasmstore inspect cut.wasm
  hash     5c166d112562bc025349b28f5dfb3e815b558e851446f0f0691a0ab3241117c3
  kind     core module
  size     100 bytes
  invalid  unexpected end-of-file
  paths    /cut.wasm

Of a version that is neither a module's nor a component's, the kind is unknown.

  $ printf '\0asm\7\0\0\0' > later.wasm; wasmstore inspect ./later.wasm
  hash     f3adca16660fc3c15ad82d466ec8533b003cd43aa79de5358360453e5b23efc5
  kind     unknown
  size     8 bytes
  invalid  unknown binary version 0x7 (at offset 0x4)
  $ wasmstore add later.wasm --no-validate
  warning: not validated: /later.wasm: unknown binary version 0x7 (at offset 0x4)
  f3adca16660fc3c15ad82d466ec8533b003cd43aa79de5358360453e5b23efc5
  $ wasmstore inspect later.wasm
  hash     f3adca16660fc3c15ad82d466ec8533b003cd43aa79de5358360453e5b23efc5
  kind     unknown
  size     8 bytes
  invalid  unknown binary version 0x7 (at offset 0x4)
  paths    /later.wasm
  $ for words in 'inspect later.wasm' 'hash later.wasm' 'list later.wasm' 'validate later.wasm'; do
  >   wasmstore $words --json | grep -o '"kind":[^,]*'
  > done
  "kind":null
  "kind":null
  "kind":null
  {"error":{"code":"not_valid","message":"1 of 1 files are not valid modules"}}
  "kind":null
  $ wasmstore search --kind core --kind component later.wasm; wasmstore search kind:core later.wasm
  $ wasmstore search later.wasm | cut -f2
  /later.wasm
  $ wasmstore undo

Names that could confuse a terminal or a reader are spelt out.

  $ python3 -c 'import sys; n = b"a\x1b[2Jb c"; e = bytes([len(n)]) + n
  > sys.stdout.buffer.write(b"\0asm\1\0\0\0" + b"\1\4\1\x60\0\0" + b"\2" + bytes([4 + len(e)]) + b"\1" + e + b"\0\0\0" + b"\0" + bytes([len(e)]) + e)' > odd.wasm
  $ wasmstore inspect ./odd.wasm
  hash  5fa126490a5472dd5ea5f4f59416fce61fc86a606ea01a0ed60b79477ce340de
  kind  core module
  size  40 bytes

  imports from "a\u{1b}[2Jb c"
    ""  (func)

  sections                    bytes   share  entries
    type                          4  10.0 %        1
    import                       13  32.5 %        1
    "a\u{1b}[2Jb c" (custom)      9  22.5 %
  $ make-wasm empty.wasm; head -c 8 empty.wasm > none.wasm; wasmstore inspect ./none.wasm
  hash  93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476
  kind  core module
  size  8 bytes

  no sections

The bytes are not needed once they are known, and are read again where the catalog is lost.

  $ wasmstore inspect app.wasm --json > warm; rm ~/.wasmstore/catalog-*
  $ wasmstore inspect app.wasm --json | cmp - warm
  $ blob=$(git -C ~/.wasmstore rev-parse main:app.wasm); rm ~/.wasmstore/objects/${blob:0:2}/${blob:2}
  $ wasmstore inspect app.wasm --json | cmp - warm
  $ wasmstore list -l app.wasm | cut -f2,3
  234	core

Names that would look alike are told apart: ESC, the six characters of its number, a quotation mark, a space.

  $ printf '\0asm\1\0\0\0\5\3\1\0\1\7\40\5\1\33\2\0\6\\u{1b}\2\0\3a"b\2\0\3a b\2\0\3a\\b\2\0' > names.wasm
  $ wasmstore inspect ./names.wasm
  hash      b265914e158843a787cb1756e45ef81734a0350406c883a9107f0e04ceffea28
  kind      core module
  size      47 bytes
  memories  (memory 1)

  exports
    \u{1b}   (memory 1)
    \\u{1b}  (memory 1)
    "a\"b"   (memory 1)
    "a b"    (memory 1)
    a\\b     (memory 1)

  sections  bytes   share  entries
    memory      3   6.3 %        1
    export     32  68.0 %        5

A core module may carry the world that a component is to be made for.

  $ base64 -d > world.wasm <<END
  > AGFzbQEAAAAA2wEOY29tcG9uZW50LXR5cGUAYXNtDQABAAAZFndpdC1jb21wb25lbnQtZW5jb2RpbmcEAAdoAUECAUEEAUICAUAB
  > BHRleHRzAQAEAAV3cml0ZQEAAwAWYWNtZTpwbHVnaW5zL2xvZ0AxLjAuMAUAAUABAmF0eQBzBAADcnVuAQEEABlhY21lOnBsdWdp
  > bnMvcGx1Z2luQDEuMC4wBAALDAEABnBsdWdpbgMAAAAvCXByb2R1Y2VycwEMcHJvY2Vzc2VkLWJ5AQ13aXQtY29tcG9uZW50BzAu
  > MjYyLjA=
  > END
  $ wasmstore inspect ./world.wasm
  hash  e12485406c923509f7ecc90df0652606865a695382f0dafb23f4730632edf26c
  kind  core module
  size  230 bytes

  world acme:plugins/plugin@1.0.0 {
    import acme:plugins/log@1.0.0: interface {
      write: func(text: string);
    }
    export run: func(at: u32) -> string;
  }

  sections                   bytes   share  entries
    component-type (custom)    219  95.2 %
