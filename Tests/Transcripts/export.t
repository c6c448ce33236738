export writes the files of a branch into a folder, as git does.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm > /dev/null; wasmstore add b.wasm plugins/b.wasm > /dev/null
  $ wasmstore add c.wasm plugins/deep/c.wasm > /dev/null
  $ wasmstore export -o out
  $ mkdir archive; git -C store archive main | tar x -C archive; diff -r out archive && find out -type f | sort
  out/a.wasm
  out/plugins/b.wasm
  out/plugins/deep/c.wasm
  $ wasmstore export -o out -v
  exported 3 files, 192 B, of main to out
  $ wasmstore export -o out --json
  {"branch":"main","bytes":192,"commit":"17b1f6c31373d494caaed813f95ac47e39e80be8","files":3,"output":"out","removed":[],"skipped":[]}

Without -o the folder has the branch's name; a revision and a part may be chosen.

  $ wasmstore export; diff -r main archive; rm -r main
  $ wasmstore export -o part plugins/deep; find part -type f
  part/plugins/deep/c.wasm
  $ wasmstore export -o part a.wasm; find part -type f | sort
  part/a.wasm
  part/plugins/deep/c.wasm
  $ wasmstore export -o old --rev main~2; find old -type f
  old/a.wasm
  $ wasmstore export -o nothing nope
  ERROR not found: /nope on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore export --rev nope
  ERROR unknown revision: nope
  [1]
  $ ls nothing main
  ls: cannot access 'nothing': No such file or directory
  ls: cannot access 'main': No such file or directory
  [2]

With --prune what the branch does not have goes, and with it folders that are empty; else it stays.

  $ wasmstore remove plugins/deep; mkdir out/empty out/.git; echo text > out/stale; ln -s ../a.wasm out/plugins/link
  $ wasmstore export -o out; ls -A out
  .git
  a.wasm
  empty
  plugins
  stale
  $ wasmstore export -o out --prune -v plugins; find out | sort
  exported 1 file, 64 B, of main to out, removed 2
  out
  out/.git
  out/a.wasm
  out/empty
  out/plugins
  out/plugins/b.wasm
  out/stale
  $ wasmstore export -o out --prune --json; find out | sort
  {"branch":"main","bytes":128,"commit":"b3e281caa923dc500ef9d96e7cf459feff8ad303","files":2,"output":"out","removed":["/stale"],"skipped":[]}
  out
  out/.git
  out/a.wasm
  out/plugins
  out/plugins/b.wasm

A file in place of a folder, or the reverse, is in the way; --prune takes it away.

  $ rm -r out/plugins out/a.wasm; echo text > out/plugins; mkdir -p out/a.wasm/x; echo text > out/a.wasm/x/y
  $ wasmstore export -o out plugins
  ERROR out/plugins is a file, not a directory
  [1]
  $ wasmstore export -o out a.wasm
  ERROR cannot write out/a.wasm: Is a directory
  [1]
  $ find out -name '.wasmstore*'
  $ wasmstore export -o out --prune; find out -type f | sort
  out/a.wasm
  out/plugins/b.wasm

Nothing is written through a link, whichever it is. One in place of a file is replaced.

  $ mkdir elsewhere; rm -r out/plugins out/a.wasm; ln -s ../elsewhere out/plugins; ln -s ../elsewhere/a.wasm out/a.wasm
  $ wasmstore export -o out plugins
  ERROR out/plugins is a symbolic link, not a directory
  [1]
  $ wasmstore export -o out a.wasm; ls elsewhere; cmp out/a.wasm a.wasm
  $ wasmstore export -o out --prune; ls elsewhere; test -L out/plugins || ls out/plugins
  b.wasm

The folder itself may be named by a link.

  $ ln -s out named; wasmstore export -o named; ls elsewhere

The store is not written over.

  $ wasmstore export -o store
  ERROR cannot export to store: the store is at $TRANSCRIPT/store
  [1]
  $ wasmstore export -o store/refs/new
  ERROR cannot export to store/refs/new: the store is at $TRANSCRIPT/store
  [1]
  $ wasmstore export -o . --prune
  ERROR cannot export to .: the store is at $TRANSCRIPT/store
  [1]
  $ git -C store fsck --strict

What a foreign tree holds that is no safe name is refused, before anything is written.

  $ blob=$(git -C store rev-parse main:a.wasm)
  $ tree() { git -C store mktree --missing | xargs -I% git -C store commit-tree -m odd % ; }
  $ dots=$(printf '040000 tree %s\t..\n' $(git -C store rev-parse main^{tree}) | tree)
  $ wasmstore export -o odd --rev $dots
  ERROR invalid path /../a.wasm: ".." is not allowed
  [1]
  $ dots=$(printf '040000 tree %s\t.git\n' $(git -C store rev-parse main^{tree}) | tree)
  $ wasmstore export -o odd --rev $dots
  ERROR invalid path /.git/a.wasm: ".git" is not allowed
  [1]
  $ wasmstore export -o odd --rev $dots plugins
  ERROR not found: /plugins on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ ls odd
  ls: cannot access 'odd': No such file or directory
  [2]

An executable stays one; a link is left out, with a warning.

  $ odd=$(printf '100755 blob %s\tx.wasm\n120000 blob %s\tlink\n' $blob $blob | tree)
  $ wasmstore export -o odd --rev $odd; ls odd; test -x odd/x.wasm && test ! -x out/a.wasm
  warning: skipped /link: it is not a file
  x.wasm

Files belong to no store: the user's file mode mask holds, whatever the store shares.

  $ git -C store config core.sharedRepository all; (umask 077; wasmstore export -o masked; ls -l masked/a.wasm | cut -c 1-10)
  -rw-------

Thousands of files need few descriptors.

  $ mkdir many; for i in $(seq 300); do mkdir -p many/$((i % 7))/$i; cp a.wasm many/$((i % 7))/$i/m.wasm; done
  $ wasmstore add -r many --to many > /dev/null; (ulimit -n 24; wasmstore export -o few many); find few -type f | wc -l
  300 added
  300

  $ wasmstore --root nope export -o x
  ERROR no store at nope
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ mkdir void; git init --quiet --bare --initial-branch=main void; wasmstore --root void export
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
