import adds the modules of a folder in one commit, and is silent.

  $ export WASMSTORE_ROOT=$PWD/store
  $ mkdir -p in/plugins; make-wasm in/a.wasm 64 1; make-wasm in/plugins/b.wasm 64 2; echo text > in/readme
  $ wasmstore import in
  $ wasmstore list; wasmstore log --oneline
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/a.wasm
  07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	/plugins/b.wasm
  7dbdc7d2f6eb52f4a6130fa92cfac113562a6163 Import 2 modules
  $ wasmstore import in -v
  skipped in/readme: it is not a WebAssembly binary
  imported in into main: nothing changed

With --prune what the source does not have goes, in the same commit.

  $ make-wasm c.wasm 64 3; wasmstore add c.wasm > /dev/null; wasmstore add c.wasm old/c.wasm > /dev/null
  $ rm -r in/plugins; make-wasm in/plugins 64 4
  $ wasmstore import in
  ERROR /plugins is a directory
  [1]
  $ wasmstore import in --prune --dry-run
  would remove	/c.wasm	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  would remove	/old/c.wasm	f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  would add	/plugins	ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d
  would remove	/plugins/b.wasm	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  $ wasmstore import in --prune --json
  {"branch":"main","changes":[{"action":"removed","new":null,"new_size":null,"old":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff","old_size":64,"path":"/c.wasm"},{"action":"removed","new":null,"new_size":null,"old":"f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff","old_size":64,"path":"/old/c.wasm"},{"action":"added","new":"ba7a7a18875efea15771d830feabdfe432ce57d2e51194dc9e371a688402b18d","new_size":64,"old":null,"old_size":null,"path":"/plugins"},{"action":"removed","new":null,"new_size":null,"old":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","old_size":64,"path":"/plugins/b.wasm"}],"commit":"d464379bf9e3a32ff21ef6270d9306c2f2863cc6","dry_run":false}
  $ wasmstore list | cut -f 2; wasmstore undo
  /a.wasm
  /plugins
  $ wasmstore import in --prune; rm in/plugins; mkdir in/plugins; make-wasm in/plugins/b.wasm 64 2
  $ wasmstore import in --prune; wasmstore list | cut -f 2; wasmstore undo; wasmstore undo; rm -r in/plugins; make-wasm in/plugins 64 4
  /a.wasm
  /plugins/b.wasm
  $ wasmstore remove plugins; wasmstore import in; wasmstore list | cut -f 2
  /a.wasm
  /c.wasm
  /old/c.wasm
  /plugins

With --prefix everything goes below a path, and only what is there is pruned.

  $ rm in/plugins; wasmstore import in --prefix old --prune; wasmstore list | cut -f 2
  /a.wasm
  /c.wasm
  /old/a.wasm
  /plugins

What export wrote comes back the same, as a folder or as an archive that tar reads too.

  $ wasmstore export -o out; wasmstore export -o out.tar; wasmstore export -o out.tar.gz
  $ tar tf out.tar; mkdir untarred; tar xzf out.tar.gz -C untarred; diff -r out untarred
  a.wasm
  c.wasm
  old/a.wasm
  plugins
  $ wasmstore export -o - plugins | tar t
  plugins
  $ for from in out out.tar out.tar.gz; do wasmstore --root new import $from; wasmstore --root new import $from --prune --dry-run; done
  would change nothing
  would change nothing
  would change nothing
  $ cat out.tar | wasmstore --root newer import -; wasmstore --root newer list | diff - <(wasmstore list)
  $ tar cf - -C out . | wasmstore --root newer import - --prune --dry-run
  would change nothing
  $ git -C store archive main | wasmstore --root newer import - --prune --dry-run
  would change nothing
  $ ls store/tmp new/tmp newer/tmp
  new/tmp:

  newer/tmp:

  store/tmp:

What is no module is passed over, hard links are files.

  $ mkdir links; make-wasm links/one.wasm 64 5; ln links/one.wasm links/two.wasm; ln -s one.wasm links/three; mkfifo links/pipe
  $ echo text > links/text; tar cf links.tar -C links . ; wasmstore import links.tar --prefix links -v
  skipped ./text: it is not a WebAssembly binary
  skipped ./pipe: it is not a WebAssembly binary
  skipped ./three: it is not a WebAssembly binary
  imported links.tar into main: 2 added (/links/one.wasm, /links/two.wasm); commit 6847dec
  $ wasmstore list links | cut -f 2
  /links/one.wasm
  /links/two.wasm

A name that leads out of an archive is refused, and so is a module that is not valid; nothing is stored.

  $ tar cPf dots.tar --transform 's,^,../,' in/a.wasm; wasmstore import dots.tar
  ERROR invalid path ../in/a.wasm: it refers to a place outside the archive
  [1]
  $ tar cPf absolute.tar $PWD/in/a.wasm; wasmstore import absolute.tar | sed "s,$PWD,,"
  ERROR invalid path $TRANSCRIPT/in/a.wasm: it refers to a place outside the archive
  $ tar cf git.tar --transform 's,^in,.git,' in/a.wasm; wasmstore import git.tar
  ERROR invalid path .git/a.wasm: git reserves the name ".git"
  [1]
  $ head -c 12 in/a.wasm > in/short.wasm; tar cf short.tar in; wasmstore import short.tar; wasmstore import in
  ERROR invalid module /in/short.wasm: unexpected end-of-file
  ERROR invalid module in/short.wasm: unexpected end-of-file
  [1]
  $ wasmstore import in --no-validate --dry-run
  would add	/short.wasm	de36c6e2cf97f615b83768c56d345786e4fa46fe9bdf7bd2b95b0b091b6675ba
  $ head -c 700 out.tar | wasmstore import -
  ERROR standard input: the archive is truncated
  [1]
  $ wasmstore import c.wasm
  ERROR c.wasm: the archive is truncated
  [1]
  $ wasmstore import nope
  ERROR nope: No such file or directory
  [1]
  $ wasmstore import in --format tar
  ERROR in is a directory
  [1]
  $ wasmstore import out.tar --format dir
  ERROR out.tar is not a directory
  [1]
  $ wasmstore import - --format dir < /dev/null
  ERROR a folder cannot be read from standard input
  [2]
  $ wasmstore export -o - --format dir
  ERROR a folder cannot be written to standard output
  hint: use --format tar to write an archive
  [2]
  $ wasmstore export -o x.tar --prune
  ERROR --prune can be used only with a folder, not with an archive
  [2]
  $ ls store/tmp; git -C store fsck --strict

A signal ends it in order.

  $ mkfifo pipe; exec 3<> pipe; wasmstore import - < pipe 3>&- & head -c 1000 out.tar >&3; until ls store/tmp/import* > /dev/null 2>&1; do :; done; kill $!; wait $!; echo "status $?"; ls store/tmp; exec 3>&-
  ERROR interrupted
  status 143
