#requires: root
Several users share a store: each file and folder is made as the umask and core.sharedRepository say, as in git.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done; chmod 644 *.wasm
  $ as() { setpriv --reuid $1 --regid 2000 --clear-groups -- "${@:2}"; }
  $ unset GIT_CONFIG_GLOBAL; printf '[safe]\ndirectory = *\n' > ~/.gitconfig
  $ modes() { find $1 -printf '%y %m\n' | sort | uniq -c | sed 's/^ *[0-9]* //'; }
  $ use() {
  >   for user in ${2-1001 1002}; do
  >     as $user wasmstore --root $1 add $user.wasm && as $user wasmstore --root $1 add -r 3.wasm 4.wasm --to $user &&
  >     as $user wasmstore --root $1 branch b/$user && as $user wasmstore --root $1 tag t$user &&
  >     as $user wasmstore --root $1 filename $user/3.wasm && as $user wasmstore --root $1 list -l &&
  >     as $user wasmstore --root $1 config set branch.b/$user.protected true
  >   done > /dev/null
  > }
  $ cp 1.wasm 1001.wasm; cp 2.wasm 1002.wasm

A folder with the setgid bit, and a umask that lets the group write.

  $ mkdir g; chown 1001:2000 g; chmod 2775 g; umask 002; use g/store
  2 added
  2 added
  $ modes g/store; find g/store ! -group 2000
  d 2775
  f 444
  f 664
  f 775
  $ as 1001 wasmstore --root g/store undo; as 1002 wasmstore --root g/store branch b/1001 --delete --force

A repository that git made for a group, under a umask that would forbid it.

  $ umask 022; as 1001 git init -q --bare -b main --shared=group g/s; use g/s
  2 added
  2 added
  $ modes g/s | grep -v '^f 775'; find g/s ! -group 2000
  d 2775
  f 444
  f 664
  $ as 1002 git clone -q g/s g/clone; cd g/clone; as 1002 git -c user.name=a -c user.email=b commit -q --allow-empty -m pushed; as 1002 git push -q; cd ../..
  $ as 1001 wasmstore --root g/s add 3.wasm
  f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff

For everybody, and for a mode of its own, each beside what git makes of it.

  $ compared() {
  >   as 1001 git init -q --bare -b main --shared=$1 g/w; use g/w "$2"; modes g/w/objects | grep -v 444 > ours; rm -r g/w
  >   as 1001 git init -q --bare -b main --shared=$1 g/w; cp 1.wasm g/file; as 1001 git -C g/w hash-object -w ../file > id
  >   modes g/w/objects | grep -v 444 | grep -v -x -f - ours; as 1001 wasmstore --root g/w add 1.wasm > /dev/null
  >   stat -c %a g/w/refs/heads/main g/w/config g/w/operations g/w/catalog-1.db g/w/write.lock g/w/logs/refs/heads g/w/tmp
  >   stat -c %a g/w/objects/$(cut -c1-2 id)*; rm -r g/w
  > }
  $ compared all '1001 1002'
  2 added
  2 added
  664
  664
  664
  664
  664
  2775
  2775
  2775
  $ compared 0640 1001
  2 added
  640
  640
  640
  640
  640
  2750
  2750
  2750
  $ compared umask 1001
  2 added
  644
  644
  644
  644
  644
  2755
  2755
  2755
  $ umask 077; compared group '1001 1002'; umask 022
  2 added
  2 added
  660
  660
  660
  660
  660
  2770
  2770
  2770

A new folder keeps its group though the folders above do not.

  $ mkdir n; chown 1001:2000 n; as 1001 wasmstore --root n/s add 1.wasm > /dev/null
  $ as 1001 git -C n/s config core.sharedRepository group; as 1001 wasmstore --root n/s add 2.wasm > /dev/null
  $ find n/s/objects -mindepth 1 -perm -2770 | wc -l
  3
  $ echo text > n/file; as 1001 git -C n/s hash-object -w ../file > id; stat -c %a n/s/objects/$(cut -c1-2 id)
  2775

What a user writes elsewhere is made as the user's umask says.

  $ as 1001 git init -q --bare --shared=0600 g/w; as 1001 wasmstore --root g/w add 1.wasm > /dev/null
  $ mkdir -m 777 out; as 1001 wasmstore --root g/w find 1.wasm -o out/1.wasm; stat -c %a out/1.wasm g/w/write.lock
  644
  600

A value that git refuses is refused.

  $ for value in 0440 some; do as 1001 git config --file g/w/config core.sharedRepository $value; as 1001 wasmstore --root g/w list; done
  ERROR invalid value '0440' for core.sharedRepository: it must be umask, group, all, or an octal number that lets the owner read and write
  ERROR invalid value 'some' for core.sharedRepository: it must be umask, group, all, or an octal number that lets the owner read and write
  [1]
