A backup is a tar archive of a store.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 300 1; make-wasm b.wasm 300 2; make-wasm c.wasm 300 3
  $ wasmstore add a.wasm plugins/a.wasm > /dev/null; wasmstore add b.wasm > /dev/null
  $ wasmstore branch dev; wasmstore --branch dev add c.wasm > /dev/null; wasmstore tag v1 -m 'first release'
  $ wasmstore snapshot > head; wasmstore branch gone; wasmstore --branch gone add c.wasm x.wasm > /dev/null; wasmstore branch gone --delete
  $ wasmstore config set author 'Ann <ann@example.org>'
  $ wasmstore backup store.tar.gz
  $ tar tzf store.tar.gz | sed 's/pack-[0-9a-f]*/pack-ID/'
  ./
  ./HEAD
  ./config
  ./packed-refs
  ./operations
  ./refs/
  ./refs/heads/
  ./refs/tags/
  ./objects/
  ./objects/info/
  ./objects/pack/
  ./objects/pack/pack-ID.pack
  ./objects/pack/pack-ID.idx
  ./SHA256SUMS

Plain tar unpacks it to a working store. What `undo` needs is there too; reflogs and caches are not.

  $ mkdir plain && tar xzf store.tar.gz -C plain && (cd plain && sha256sum -c --quiet SHA256SUMS)
  $ git -C plain fsck --strict --full 2>&1 | grep -v dangling
  [1]
  $ git -C plain for-each-ref --format='%(refname) %(objecttype)'
  refs/heads/dev commit
  refs/heads/main commit
  refs/tags/v1 tag
  refs/wasmstore/kept/[0-9a-f]{12} commit (re)
  $ diff <(git -C store for-each-ref) <(git -C plain for-each-ref)
  $ git clone -q plain clone && ls clone clone/plugins && cmp clone/plugins/a.wasm a.wasm
  clone:
  b.wasm
  plugins

  clone/plugins:
  a.wasm
  $ git clone -q -b dev plain clone-dev && cmp clone-dev/c.wasm c.wasm
  $ wasmstore --root plain fsck --deep
  checked 3 modules, 13 objects, 4 commits, 4 references: no damage
  $ wasmstore --root plain list
  87bdb874b1eaf364167757c8d9ed19a78f479df08b8b2e3fa9f51801c04bdd8f	/b.wasm
  704a9a6477e2d6e6fc4ca11fc07c3bbac8b2e6acd20d428b5d0bb29b59bf2a08	/plugins/a.wasm
  $ wasmstore --root plain config get author
  Ann <ann@example.org>
  $ wasmstore --root plain undo && wasmstore --root plain branch --list
  dev
  gone
  main
  $ wasmstore --root plain add c.wasm new.wasm
  726a83b43046938c95335c8f04c9e6b77c4f01ca12567892419a1d1db295fb3b

The same store makes the same bytes, and no backup leaves anything behind. Deltas of plain git are put together.

  $ wasmstore backup again.tar.gz && cmp store.tar.gz again.tar.gz
  $ git -C store for-each-ref refs/wasmstore/pins; ls store/tmp
  $ cp -a store packed && git -C packed repack -adq && wasmstore --root packed backup packed.tar && wasmstore restore-backup --verify packed.tar

To standard output, and without gzip.

  $ wasmstore backup - | cmp - store.tar.gz
  $ wasmstore backup --no-compress plain.tar && gzip -dc store.tar.gz | cmp - plain.tar
  $ tar tf plain.tar | wc -l
  14
  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return ${PIPESTATUS[0]}; }
  $ terminal 'wasmstore backup -'
  ERROR not writing a backup to a terminal
  hint: give a file name, or use a pipe
  [3]
  $ terminal 'wasmstore backup again.tar.gz' | sed 's/wrote .* to/wrote N KB to/'
  wrote N KB to again.tar.gz: 13 objects, 4 references
  $ wasmstore backup json.tar.gz --json | sed 's/"bytes":[0-9]*/"bytes":N/'
  {"bytes":N,"dry_run":false,"file":"json.tar.gz","objects":13,"references":4}

A file in the store's folder is not in itself. What is written over is whole until the new one is.

  $ wasmstore backup store/backup.tar.gz && cmp store/backup.tar.gz store.tar.gz && wasmstore backup store/backup.tar.gz && cmp store/backup.tar.gz store.tar.gz
  $ rm store/backup.tar.gz

An empty store, and one that plain git made.

  $ mkdir e; wasmstore --root empty branch main --default 2>&1; wasmstore --root empty config set author Ann && wasmstore --root empty backup empty.tar.gz
  ERROR no store at empty
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  $ tar xzf empty.tar.gz -C e && git -C e fsck && wasmstore --root e list && wasmstore --root e config get author
  notice: HEAD points to an unborn branch (main)
  notice: No default references
  Ann
  $ git init -q --bare bare.git && wasmstore --root bare.git backup bare.tar.gz && wasmstore restore-backup bare.tar.gz --root bare && git -C bare fsck
  notice: HEAD points to an unborn branch (master)
  notice: No default references

A detached HEAD, and a reference to a reference.

  $ cp -a store odd && git -C odd symbolic-ref refs/heads/alias refs/heads/dev && git -C odd update-ref --no-deref HEAD $(cat head)
  $ wasmstore --root odd backup odd.tar.gz && wasmstore restore-backup odd.tar.gz --root odd-again
  $ cat odd-again/HEAD odd-again/refs/heads/alias
  02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  ref: refs/heads/dev
  $ diff <(git -C odd for-each-ref) <(git -C odd-again for-each-ref)

Settings that have plain git run programs stay behind, with a word.

  $ cp -a store hooked && git -C hooked config core.fsmonitor 'touch pwned' && git -C hooked remote add origin https://example.org/x
  $ wasmstore --root hooked backup hooked.tar.gz
  warning: the backup does not include these settings of git: core.fsmonitor, remote.origin.fetch, remote.origin.url
  $ wasmstore restore-backup hooked.tar.gz --root unhooked && git -C unhooked config --local --list | grep -c 'fsmonitor\|origin'
  0
  [1]
  $ diff <(git -C store config --list --local | sort) <(git -C unhooked config --list --local | sort)

A store that nobody may write to is backed up without pins.

  $ chmod -R a-w store && GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' as-user wasmstore backup - 2>&1 | cmp - store.tar.gz; chmod -R u+w store

Damage ends it, and there is no file.

  $ cp -a store damaged && rm damaged/objects/$(git -C store rev-parse dev:c.wasm | sed 's,^..,&/,')
  $ wasmstore --root damaged backup damaged.tar.gz 2>&1 | sed 's/[0-9a-f]\{40\}/ID/'; ls damaged.tar.gz* 2>&1
  ERROR damaged: object ID: it is missing
  hint: wasmstore fsck lists all damage
  ls: cannot access 'damaged.tar.gz*': No such file or directory
  [2]
  $ wasmstore backup missing/x.tar.gz
  ERROR cannot write missing/x.tar.gz: No such file or directory
  [1]
  $ wasmstore backup plain
  ERROR cannot write plain: it is a folder
  hint: give the name of a file in it
  [1]
  $ wasmstore --root nowhere backup x.tar.gz; ls x.tar.gz* nowhere 2>&1
  ERROR no store at nowhere
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  ls: cannot access 'x.tar.gz*': No such file or directory
  ls: cannot access 'nowhere': No such file or directory
  [2]
  $ wasmstore backup
  ERROR missing expected argument '<file>'
  hint: usage: wasmstore backup FILE|- [--no-compress]
  [2]

A signal removes what was begun.

  $ export WASMSTORE_ROOT=$PWD/slow; cp -a store slow; make-wasm big.wasm 3000000; wasmstore add big.wasm > /dev/null
  $ mkfifo pipe; exec 3<> pipe; wasmstore backup pipe 3>&- & until read -t 0 <&3; do :; done; ls slow/refs/wasmstore/pins | wc -l; kill -TERM $!; exec 4< pipe 3>&-; cat <&4 > /dev/null; wait $!; echo "status $?"
  1
  ERROR interrupted
  status 143
  $ ls slow/tmp; git -C slow for-each-ref refs/wasmstore/pins
