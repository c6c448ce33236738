import makes a store of that of the older wasmstore, which is files of its own: modules, folders and commits named by their
SHA-256, and references of 32 bytes.

  $ cat > make-older <<'END'
  > import hashlib, os, sys
  > def number(n):
  >     out = b""
  >     while n >= 128: out, n = out + bytes([128 | n & 127]), n >> 7
  >     return out + bytes([n])
  > def text(s): return number(len(s)) + s
  > def put(data, mark=b""):
  >     name = hashlib.sha256(mark + data).hexdigest()
  >     os.makedirs(f"older/objects/{name[:2]}", exist_ok=True)
  >     open(f"older/objects/{name[:2]}/{name[2:]}", "wb").write(data)
  >     return bytes.fromhex(name)
  > def folder(entries):
  >     return put(number(len(entries)) + b"".join(
  >         bytes([kind]) + text(name) + key for name, kind, key in sorted(entries, reverse=True)), b"N")
  > def commit(root, parents, date, message):
  >     return put(root + number(len(parents)) + b"".join(sorted(parents)) + date.to_bytes(8, "big") +
  >                text(b"wasmstore") + text(message), b"C")
  > a, b = (put(b"\0asm\1\0\0\0" + tail) for tail in (b"", b"\0\3\2v1"))
  > first = commit(folder([(b"a.wasm", 1, a)]), [], 1700000000, b"Import /a.wasm")
  > lib = folder([(b"y.wasm", 1, b)])
  > second = commit(folder([(b"a.wasm", 1, a), (b"lib", 0, lib)]), [first], 1700000001, b"Import /lib/y.wasm")
  > os.makedirs("older/refs"); os.makedirs("older/tmp")
  > open("older/refs/main", "wb").write(second); open("older/refs/dev", "wb").write(first)
  > END
  $ python3 make-older; find older/refs -type f | sort
  older/refs/dev
  older/refs/main

Any other command says what it is.

  $ wasmstore --root older list
  ERROR older is not a store; it appears to be a store of the older wasmstore
  hint: wasmstore import older --root NEW makes a new store with its modules and history
  [10]
  $ wasmstore --root older add make-older x.wasm
  ERROR older is not a store; it appears to be a store of the older wasmstore
  hint: wasmstore import older --root NEW makes a new store with its modules and history
  [10]

It comes with its branches and its history.

  $ wasmstore import older --root new
  dev	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	16da593d722d5fa5e8965d7a6da8f64a11925e41
  main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab	8d20d9707343a34d181c0cb8f66d69d953e6dfa3
  $ export WASMSTORE_ROOT=$PWD/new
  $ wasmstore list; wasmstore log; wasmstore branch
  93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476	/a.wasm
  950e7c58acb771c1ed983a647fd6c15c831e6f7499f7b672ec2aa6def3cf24d7	/lib/y.wasm
  commit 8d20d9707343a34d181c0cb8f66d69d953e6dfa3
  Author: wasmstore
  Date: Tue Nov 14 22:13:21 2023

  Import /lib/y.wasm

  Predecessor-Commit: bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab

  commit 16da593d722d5fa5e8965d7a6da8f64a11925e41
  Author: wasmstore
  Date: Tue Nov 14 22:13:20 2023

  Import /a.wasm

  Predecessor-Commit: e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac

    dev
  * main
  $ git -C new fsck --full --strict; wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 2 references: no damage

What named a commit there still names it.

  $ wasmstore list --rev e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac
  93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476	/a.wasm
  $ wasmstore list --rev e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fad
  ERROR unknown revision: e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fad
  [1]

Imported again, only what is new comes; a branch that has something else stays as it is.

  $ wasmstore import older -v
  imported older: 2 branches, 2 commits, 2 modules
  dev	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	16da593d722d5fa5e8965d7a6da8f64a11925e41
  main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab	8d20d9707343a34d181c0cb8f66d69d953e6dfa3
  $ make-wasm x.wasm; wasmstore add x.wasm > /dev/null; wasmstore import older
  ERROR branch main already exists
  hint: wasmstore branch lists the branches
  [1]
  $ wasmstore import older --prefix older -v; wasmstore branch
  branch dev is now older/dev
  branch main is now older/main
  imported older: 2 branches, 2 commits, 2 modules
  older/dev	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	16da593d722d5fa5e8965d7a6da8f64a11925e41
  older/main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab	8d20d9707343a34d181c0cb8f66d69d953e6dfa3
    dev
  * main
    older/dev
    older/main
  $ wasmstore undo; wasmstore undo; wasmstore branch
    dev
  * main

A backup of it is an archive.

  $ tar czf older.tar.gz -C older .
  $ wasmstore import older.tar.gz --root restored; wasmstore --root restored list | cut -f2
  dev	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	16da593d722d5fa5e8965d7a6da8f64a11925e41
  main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab	8d20d9707343a34d181c0cb8f66d69d953e6dfa3
  /a.wasm
  /lib/y.wasm
  $ wasmstore import - --format predecessor --root piped --json < older.tar.gz
  {"branches":[{"former_head":"e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac","former_name":"dev","head":"16da593d722d5fa5e8965d7a6da8f64a11925e41","name":"dev"},{"former_head":"bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab","former_name":"main","head":"8d20d9707343a34d181c0cb8f66d69d953e6dfa3","name":"main"}],"bytes":21,"changed_commits":0,"commits":2,"damage":[],"dry_run":false,"folders":3,"merges":0,"missing_parents":0,"modules":2,"renamed":[],"unfinished_bytes":0,"unfinished_files":0,"unknown_files":[],"unreached":0,"written":true}
  $ wasmstore import older --dry-run
  would import dev	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac
  would import main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab

Its options are few.

  $ wasmstore import older --prune
  ERROR --prune, -m, --features and --no-validate cannot be used with a store of the older wasmstore
  [2]
  $ wasmstore import . --partial
  ERROR --partial can be used only with a store of the older wasmstore
  [2]
  $ wasmstore import make-older --format predecessor
  ERROR make-older: it is not a tar archive, or a header is damaged
  [1]
  $ mkdir odd; wasmstore import odd --format predecessor
  ERROR odd: it is not a store of the older wasmstore
  [1]

What is damaged is named; --partial imports what is whole.

  $ rm older/objects/93/a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476; printf short > older/refs/dev
  $ wasmstore import older --root part
  damage	reference	dev	it has 5 bytes, not 32
  damage	module	93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476	it is missing	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	/a.wasm
  ERROR damage found in older: 2
  hint: --partial imports the undamaged part; a copy or a backup may have the rest
  [12]
  $ wasmstore import older --root part --partial
  damage	reference	dev	it has 5 bytes, not 32
  damage	module	93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476	it is missing	e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac	/a.wasm
  main	bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab	d94b396d98e5faef0260eed7b0f00fd91ee8e4ff
  ERROR damage found in older: 2
  [12]
  $ wasmstore --root part list; wasmstore --root part log -n 1
  950e7c58acb771c1ed983a647fd6c15c831e6f7499f7b672ec2aa6def3cf24d7	/lib/y.wasm
  commit d94b396d98e5faef0260eed7b0f00fd91ee8e4ff
  Author: wasmstore
  Date: Tue Nov 14 22:13:21 2023

  Import /lib/y.wasm

  Predecessor-Missing-Path: /a.wasm
  Predecessor-Commit: bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab
  
  $ wasmstore import older --root part --json
  {"branches":[{"former_head":"bd8924a72bc673b00af3674c0285684d4a1fdda79a30fb251b85d38ef7bb91ab","former_name":"main","head":null,"name":"main"}],"bytes":13,"changed_commits":0,"commits":2,"damage":[{"commit":null,"kind":"reference","name":"dev","path":null,"problem":"it has 5 bytes, not 32"},{"commit":"e60ef4fd8e763107240bbd8eec568bcf0883731e5c84ab12089adc544dab0fac","kind":"module","name":"93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476","path":"/a.wasm","problem":"it is missing"}],"dry_run":false,"folders":3,"merges":0,"missing_parents":0,"modules":2,"renamed":[],"unfinished_bytes":0,"unfinished_files":0,"unknown_files":[],"unreached":0,"written":false}
  {"error":{"code":"damaged","hint":"--partial imports the undamaged part; a copy or a backup may have the rest","message":"damage found in older: 2"}}
  [12]
