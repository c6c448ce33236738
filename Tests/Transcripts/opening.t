#requires: root
A command that only reads makes no store; one that writes does, but for what needs something to be there.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ tried() { wasmstore --root typo/x "$@" 2>&1 | head -1; [ -e typo ] && echo made; rm -rf typo; }
  $ tried list
  ERROR no store at typo/x
  $ for words in search status 'contains a' 'undo --list' undo 'config list' 'config get author' branch tag log audit; do tried $words; done | uniq -c
       11 ERROR no store at typo/x
  $ for words in 'add a.wasm --dry-run' 'branch dev --dry-run' 'remove a' 'config unset author' 'tag v1' 'merge dev'; do tried $words; done | uniq -c
        6 ERROR no store at typo/x
  $ tried add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  made
  $ tried config set author me
  made
  $ tried branch dev
  ERROR no commits on main
  made
  $ wasmstore --root typo list --json
  {"error":{"code":"not_a_store","hint":"wasmstore add makes one; --root or WASMSTORE_ROOT selects another store","message":"no store at typo"}}
  [10]
  $ mkdir empty; wasmstore --root empty list; ls -A empty
  ERROR no store at empty
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store

A store is made in an empty folder, whatever that is: the current one, a link, one in a folder that cannot be
written to, one whose parent is not even there.

  $ mkdir c; (cd c; wasmstore --root . add ../a.wasm)
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ mkdir d; ln -s d link; wasmstore --root link add a.wasm; test -L link; cat d/HEAD
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  ref: refs/heads/main
  $ mkdir -p e/f; chown 65534:65534 e/f; chmod 755 e; as-user wasmstore --root e/f add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore --root new/folder/ add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ wasmstore --root new/other/.. list
  ERROR no store at new/other/..
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ for store in c d e/f new/folder; do ls -A $store/tmp; git -c safe.directory='*' -C $store fsck --strict; done

A folder with other things in it is none, and a link to nothing neither.

  $ mkdir g; touch g/notes; wasmstore --root g add a.wasm
  ERROR g is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  [10]
  $ ln -s nowhere dangling; wasmstore --root dangling add a.wasm
  ERROR cannot use dangling as a store: No such file or directory
  [10]
  $ mkdir h; chmod 555 h; as-user wasmstore --root h add a.wasm
  ERROR cannot use h as a store: Permission denied
  [10]

What a process left that died while it made a store is completed by the next, and is no store before.

  $ half() { wasmstore --root $1 config set author me; rm -r $1/HEAD $1/tmp; mkdir -p $1/tmp/new/objects; cp -r $1/config $1/tmp/new; }
  $ half i; wasmstore --root i list
  ERROR no store at i
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ wasmstore --root i add a.wasm; wasmstore --root i list | wc -l; ls -A i/tmp; git -C i fsck --strict
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  1
  $ half j; rm -r j/config j/objects; wasmstore --root j add a.wasm; git -C j fsck --strict
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ half k; flock k/write.lock wasmstore --root k --lock-timeout 0 add a.wasm
  ERROR k/write.lock is locked by another process
  hint: --lock-timeout SECS waits longer
  [11]
  $ touch k/notes; wasmstore --root k add a.wasm
  ERROR k is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  [10]

A store that lost its HEAD is not made anew.

  $ rm j/HEAD; wasmstore --root j add b.wasm
  ERROR j is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  [10]

Several that make it at once agree.

  $ for n in 1 2 3 4 5 6; do make-wasm $n.wasm 64 $n; (wasmstore --root many add $n.wasm > /dev/null) & done; wait
  $ wasmstore --root many list | wc -l
  6
