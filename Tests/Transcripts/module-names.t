What a word means: a path with a slash, an existing path, a hash, REV:PATH, an abbreviation.

  $ make-wasm a.wasm 64 20643; make-wasm b.wasm 64 33838; make-wasm c.wasm 64 3
  $ a=$(wasmstore add a.wasm); c=$(wasmstore add c.wasm)
  $ wasmstore hash ${c:0:7} | grep -c $c
  1
  $ wasmstore hash ${c:0:6}
  ERROR not found: /f209ae on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore hash sha256:$c | grep -c $c
  1
  $ wasmstore hash sha256:${c:0:20}
  ERROR invalid hash: sha256:f209ae4cf0cf4beab2cb
  [1]
  $ wasmstore hash main:c.wasm | grep -c $c
  1

A path of that name goes before an abbreviation, and a slash says that it is a path; a whole hash goes before all.

  $ wasmstore add a.wasm ${c:0:7} > /dev/null
  $ wasmstore hash ${c:0:7} | grep -c $a
  1
  $ wasmstore remove ${c:0:7}
  $ wasmstore hash /${c:0:7}
  ERROR not found: /f209ae4 on main
  hint: it was last at 30cfc28:/f209ae4
  [1]

An ambiguous abbreviation names both.

  $ wasmstore add b.wasm | cut -c1-7
  9c5765e
  $ echo ${a:0:7}
  9c5765e
  $ wasmstore hash ${a:0:7}
  ERROR ambiguous hash 9c5765e: 2 modules match
  hint: one of 9c5765e488ea0f9162ea5c73720a164bd78c1b4564b0645fbf3134c8b09bfa86, 9c5765e5ac778155e9992c205600e1942e6a59fda58846ff57d9a8064cfb88f1
  [1]
  $ wasmstore hash ${a:0:7} --json
  {"error":{"code":"ambiguous","hint":"one of 9c5765e488ea0f9162ea5c73720a164bd78c1b4564b0645fbf3134c8b09bfa86, 9c5765e5ac778155e9992c205600e1942e6a59fda58846ff57d9a8064cfb88f1","message":"ambiguous hash 9c5765e: 2 modules match"}}
  [1]
  $ wasmstore hash a.wasm --short
  9c5765e5
  $ wasmstore hash ${a:0:12} | grep -c $a
  1

Abbreviations never change anything.

  $ wasmstore remove ${c:0:12}
  ERROR not found: f209ae4cf0cf on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore set ${c:0:12} x
  ERROR invalid hash: f209ae4cf0cf
  [1]

Revisions: branches, tags, commits and what follows them.

  $ wasmstore tag v1
  $ for rev in main v1 @ HEAD main~1 main^1 main~0 'main@{0}' 'main@{1}' $(wasmstore snapshot | cut -c1-4); do
  >   echo "$rev $(wasmstore commit "$rev" --json | sed 's/.*"message":"\([^"\\]*\).*/\1/')"
  > done
  main Import /b.wasm
  v1 Import /b.wasm
  @ Import /b.wasm
  HEAD Import /b.wasm
  main~1 Remove /f209ae4
  main^1 Remove /f209ae4
  main~0 Import /b.wasm
  main@{0} Import /b.wasm
  main@{1} Remove /f209ae4
  6380 Import /b.wasm
  $ wasmstore commit 'main~1~1^1' --json | sed 's/.*"message":"\([^"\\]*\).*/\1/'
  Import /c.wasm
  $ for rev in nope main~99 main^2 'main@{99}' 'main~x' 'main@{' 'main@{yesterday}' '@{2020-01-01}'; do wasmstore commit "$rev"; done
  ERROR unknown revision: nope
  ERROR invalid revision main~99: d989c9b has no parent
  ERROR invalid revision main^2: 6380c32 has no parent 2
  ERROR invalid revision main@{99}: the record has only 5 moves of main
  ERROR invalid revision main~x: "x" is not allowed here
  ERROR invalid revision main@{: "}" is missing
  {
    "author": "wasmstore",
    "changes": [
      {
        "action": "added",
        "new": "9c5765e5ac778155e9992c205600e1942e6a59fda58846ff57d9a8064cfb88f1",
        "new_size": 64,
        "old": null,
        "old_size": null,
        "path": "/a.wasm"
      }
    ],
    "date": 1767225600,
    "hash": "d989c9b6d4f62260a9b52ae6d154f53cf4d85229",
    "mail": "wasmstore@localhost",
    "message": "Import /a.wasm",
    "parents": [],
    "time": "2026-01-01T00:00:00Z"
  }
  ERROR invalid revision @{2020-01-01}: main had no commit at that time
  [1]

An ambiguous commit: the candidates are in the hint.

  $ for n in $(seq 600); do printf 'commit refs/heads/many\ncommitter t <t> %s +0000\ndata 1\nx\n' $n; done | git -C ~/.wasmstore fast-import --quiet
  $ digits=$(git -C ~/.wasmstore rev-list --all | cut -c1-4 | sort | uniq -d | head -1)
  $ wasmstore commit $digits 2>&1 | sed "s/$digits/DIGITS/"
  ERROR ambiguous revision DIGITS: 2 commits match
  hint: one of DIGITS101bc7934ab6dd2eba23d1f5335074ca7e02, 752fe4cea856a136f93b0e9eb2258b16f83b8911
  $ wasmstore commit $digits --json 2>&1 | grep -c '"hint":"one of '
  1

Names that could be mistaken are refused.

  $ for name in beef 0123456 a~b a^b a:b a@{b -x; do wasmstore branch -- "$name"; wasmstore tag -- "$name"; done
  ERROR invalid name a~b: it has a character that revisions use as syntax
  ERROR invalid name a~b: it has a character that revisions use as syntax
  ERROR invalid name a^b: it has a character that revisions use as syntax
  ERROR invalid name a^b: it has a character that revisions use as syntax
  ERROR invalid name a:b: it has a character that revisions use as syntax
  ERROR invalid name a:b: it has a character that revisions use as syntax
  ERROR invalid name a@{b: it has a character that revisions use as syntax
  ERROR invalid name a@{b: it has a character that revisions use as syntax
  ERROR invalid name -x: it begins with "-"
  ERROR invalid name -x: it begins with "-"
  [1]
