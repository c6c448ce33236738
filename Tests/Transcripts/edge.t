A project for wrangler is written for a namespace of Workers KV.

  $ wasmstore edge init site --id 0f2ac74b498b48028cb68387c421e279 --name shop --branch live
  wrote site/wrangler.jsonc
  wrote site/.gitignore
  $ cat site/wrangler.jsonc site/.gitignore
  // A Worker that serves what `wasmstore kv-sync` publishes. `wasmstore edge build` writes it to build/.
  // Run wrangler deploy, and wrangler secret put WASMSTORE_HEAD_TOKEN, before you publish for the first time.
  {
    "name": "site",
    "main": "build/worker.js",
    "compatibility_date": "2026-06-30",
    "no_bundle": true,
    "rules": [{ "type": "CompiledWasm", "globs": ["**/*.wasm"] }],
    "kv_namespaces": [{ "binding": "KV", "id": "0f2ac74b498b48028cb68387c421e279" }],
    "durable_objects": { "bindings": [{ "name": "HEADS", "class_name": "BranchHead" }] },
    // An older wrangler needs this instead: "migrations": [{ "tag": "v1", "new_sqlite_classes": ["BranchHead"] }]
    "exports": { "BranchHead": { "type": "durable-object", "storage": "sqlite" } },
    "vars": { "STORE": "shop", "BRANCH": "live" }
  }
  build/
  .wrangler/
  $ wasmstore edge init site --id 0f2ac74b498b48028cb68387c421e279
  ERROR site/wrangler.jsonc already exists
  [1]
  $ wasmstore edge init other --id 0f2a
  ERROR --id must be the 32 hexadecimal digits of a namespace's id
  [2]
  $ wasmstore edge init
  ERROR edge init requires a FOLDER and --id
  [2]

The Worker is copied into it. It is a bundle that came with the program, or one that is named.

  $ mkdir bundle && echo code > bundle/worker.js && echo program | tee bundle/edge.wasm > bundle/heads.wasm
  $ wasmstore edge build site --bundle bundle
  wrote site/build/worker.js
  wrote site/build/edge.wasm
  wrote site/build/heads.wasm
  $ cat site/build/worker.js site/build/edge.wasm
  code
  program
  $ wasmstore edge build site --bundle bundle --json
  {"path":"site/build/worker.js"}
  {"path":"site/build/edge.wasm"}
  {"path":"site/build/heads.wasm"}
  $ wasmstore edge build site --bundle site
  ERROR worker.js, edge.wasm or heads.wasm is missing in site
  [1]

It is run beside a kv-server.

  $ wasmstore edge dev
  ERROR edge dev requires the TARGET of kv-sync
  [2]
  $ wasmstore edge dev https://example.com/site --bundle bundle
  ERROR edge dev requires a TARGET with http://, of a kv-server
  [2]
  $ wasmstore edge dev workers://account/site --bundle bundle
  ERROR edge dev requires a TARGET with http://, of a kv-server
  [2]
