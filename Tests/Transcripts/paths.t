Paths are split at slashes, empty steps dropped; case and Unicode forms are kept.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2
  $ wasmstore add a.wasm //x///y.wasm > /dev/null
  $ wasmstore add a.wasm X/y.wasm > /dev/null
  $ wasmstore add a.wasm $'e\u0301.wasm' > /dev/null
  $ wasmstore add a.wasm $'\u00e9.wasm' > /dev/null
  $ wasmstore add a.wasm 'with space "and quote"' > /dev/null
  $ wasmstore list | cut -f2
  /X/y.wasm
  /é.wasm
  "/with space \"and quote\""
  /x/y.wasm
  /é.wasm

A quoted name is plain in JSON; in text it is quoted everywhere.

  $ for command in list hash; do wasmstore $command '/with space "and quote"' --json | grep -o '"path":"/w[^,]*'; done
  "path":"/with space \"and quote\""
  "path":"/with space \"and quote\""
  $ wasmstore add -r --to 'a"b' a.wasm --dry-run | cut -f2
  would be: 1 added
  "/a\"b/a.wasm"
  $ wasmstore inspect '/with space "and quote"' | grep quote
             "/with space \"and quote\""

Refused names.

  $ refused() { wasmstore add a.wasm "$1" 2>&1 | sed -E 's/(.{40}).*(: .*)$/\1…\2/'; }
  $ for path in . .. a/../b ./a .git .GIT sub/.git .gitmodules .gitattributes 'git~1' $'a\nb' $'a\tb' ''; do refused "$path"; done
  ERROR invalid path .: "." is not allowed
  ERROR invalid path ..: ".." is not allowed
  ERROR invalid path a/../b: ".." is not allowed
  ERROR invalid path ./a: "." is not allowed
  ERROR invalid path .git: git reserves the name ".git"
  ERROR invalid path .GIT: git reserves the name ".GIT"
  ERROR invalid path sub/.git: git reserves the name ".git"
  ERROR invalid path .gitmodules: git reserves the name ".gitmodules"
  ERROR invalid path .gitattributes: git reserves the name ".gitattributes"
  ERROR invalid path git~1: git reserves the name "git~1"
  ERROR invalid path a\nb: it has a control character
  ERROR invalid path a\tb: it has a control character
  ERROR invalid path '': it is empty
  $ refused $(printf 'a%.0s' {1..64})
  ERROR invalid path aaaaaaaaaaaaaaaaaaaaa…: a name of 64 hexadecimal digits is a module's hash
  $ refused $(printf 'a%.0s' {1..256})
  ERROR invalid path aaaaaaaaaaaaaaaaaaaaa…: a segment is longer than 255 bytes
  $ refused $(printf '/abcdefg%.0s' {1..64})
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ refused $(printf 'abcdefg/%.0s' {1..65})
  ERROR invalid path abcdefg/abcdefg/abcde…: it has more than 64 levels
  $ refused $(printf '%0200d/' {1..6})
  ERROR invalid path 000000000000000000000…: it is longer than 1024 bytes
  $ refused $(printf 'd/%.0s' {1..300})
  ERROR invalid path d/d/d/d/d/d/d/d/d/d/d…: it has more than 64 levels

A file where a directory is, and the reverse.

  $ wasmstore add a.wasm x
  ERROR /x is a directory
  [1]
  $ wasmstore add a.wasm x/y.wasm/z
  ERROR /x/y.wasm is a file, not a directory
  [1]

For add a slash at the end says that the path is a directory, as for cp. Other commands drop it.

  $ wasmstore add a.wasm /x/ > /dev/null; wasmstore add a.wasm / > /dev/null; wasmstore add a.wasm new// > /dev/null
  $ wasmstore list | cut -f2 | grep a.wasm
  /a.wasm
  /new/a.wasm
  /x/a.wasm
  $ wasmstore add - x/ < a.wasm
  ERROR standard input requires a PATH
  [2]
  $ wasmstore find x/a.wasm/ | cmp - a.wasm
  $ wasmstore remove x/a.wasm a.wasm new/

There are no empty directories.

  $ wasmstore remove x/y.wasm
  $ git -C ~/.wasmstore ls-tree --name-only main | grep -c '^x$'
  0
  [1]

What plain git wrote is kept and shown, quoted where it is odd.

  $ git clone -q ~/.wasmstore clone
  $ cd clone
  $ cp ../b.wasm $'tab\there.wasm'; printf 'x' > $'bad\xff.txt'; cp ../b.wasm good.wasm
  $ git add . && git commit -qm foreign && git push -q; cd ..
  $ wasmstore list -l | cut -f1,3,5 | sed 's/^\([0-9a-f]\{8\}\)[0-9a-f]*/\1/'
  516f78ff	core	/X/y.wasm
  516f78ff	core	/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg/abcdefg
  -	odd name	"/bad\377.txt"
  516f78ff	core	/é.wasm
  07734d19	core	/good.wasm
  -	odd name	"/tab\there.wasm"
  516f78ff	core	"/with space \"and quote\""
  516f78ff	core	/é.wasm
  $ wasmstore add a.wasm more > /dev/null
  $ git -C ~/.wasmstore ls-tree -r --name-only main | wc -l
  9
