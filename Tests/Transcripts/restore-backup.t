A backup becomes a store again.

  $ export WASMSTORE_ROOT=$PWD/store
  $ make-wasm a.wasm 300 1; make-wasm b.wasm 300 2
  $ wasmstore add a.wasm > /dev/null; wasmstore add b.wasm > /dev/null; wasmstore tag v1
  $ wasmstore backup store.tar.gz; wasmstore backup --no-compress store.tar
  $ wasmstore restore-backup store.tar.gz --root new
  $ git -C new fsck --strict --full; wasmstore --root new fsck --deep; diff <(git -C store for-each-ref) <(git -C new for-each-ref)
  checked 2 modules, 6 objects, 2 commits, 2 references: no damage
  $ git clone -q new clone && cmp clone/b.wasm b.wasm
  $ wasmstore --root new undo && wasmstore --root new tag
  $ ls -A new
  HEAD
  config
  gate
  lock
  objects
  operations
  packed-refs
  refs
  write.lock
  $ wasmstore backup - | wasmstore restore-backup - --root piped/deep && wasmstore --root piped/deep list | wc -l
  2
  $ bzip2 -k store.tar && wasmstore restore-backup store.tar.bz2 --root no; bzip2 -dc store.tar.bz2 | wasmstore restore-backup - --root unzipped && wasmstore --root unzipped snapshot | diff - <(wasmstore snapshot)
  ERROR the archive is damaged: it is not a tar archive, or a header is damaged

What is in it; whether it is whole. Nothing is written.

  $ wasmstore restore-backup store.tar.gz --list --root no | grep -v 'operations\|pack-'
  -	./
  21	./HEAD
  213	./config
  137	./packed-refs
  -	./refs/
  -	./refs/heads/
  -	./refs/tags/
  -	./objects/
  -	./objects/info/
  -	./objects/pack/
  570	./SHA256SUMS
  $ wasmstore restore-backup store.tar --list --json --root no | grep HEAD
  {"path":"HEAD","size":21},
  $ wasmstore restore-backup store.tar --verify --root no; wasmstore restore-backup store.tar.gz --verify --root no/no/no --json
  {"commits":2,"dry_run":false,"file":"store.tar.gz","modules":2,"objects":6,"references":2,"root":null}
  $ ls -A | grep '^no\|^\.'
  [1]

Into an empty folder.

  $ mkdir empty && wasmstore restore-backup store.tar.gz --root empty && wasmstore --root empty list | wc -l
  2
  $ ls -A empty/tmp 2>&1
  ls: cannot access 'empty/tmp': No such file or directory
  [2]

A store is never replaced unasked.

  $ wasmstore --root other add a.wasm other.wasm > /dev/null
  $ wasmstore restore-backup store.tar.gz --root other
  ERROR a store already exists at other
  hint: --yes replaces it; --root selects another place
  [3]
  $ cat store.tar.gz | wasmstore restore-backup - --root other
  ERROR a store already exists at other
  hint: --yes replaces it; --root selects another place
  [3]
  $ wasmstore --root other list | cut -f 2
  /other.wasm
  $ (sleep 1; echo n) | script -qec 'wasmstore restore-backup store.tar.gz --root other --no-progress' /dev/null | tr -d '\r' | grep -v '^n$'
  This replaces the store at other, with all its history. Continue? [y/N] n
  ERROR nothing was changed
  $ (sleep 1; echo y) | script -qec 'wasmstore restore-backup store.tar.gz --root other --no-progress' /dev/null | tr -d '\r' | grep -v '^y$'
  This replaces the store at other, with all its history. Continue? [y/N] y
  restored store.tar.gz: 2 modules, 2 commits, 2 references
  $ wasmstore --root other list | cut -f 2
  /a.wasm
  /b.wasm
  $ wasmstore --root other remove a.wasm && ln -s other link && wasmstore restore-backup store.tar.gz --root link --yes && wasmstore --root other list | cut -f 2; readlink link
  /a.wasm
  /b.wasm
  other
  $ echo garbage > other/HEAD; rm other/config; wasmstore restore-backup store.tar.gz --root other -y && wasmstore --root other fsck
  checked 2 modules, 6 objects, 2 commits, 2 references: no damage
  $ ls -A | grep '^\.'
  [1]

What is no store is never replaced.

  $ mkdir work && echo text > work/file && wasmstore restore-backup store.tar.gz --root work --yes; ls work
  ERROR work is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  file
  $ git init -q tree && wasmstore restore-backup store.tar.gz --root tree/.git --yes; git -C tree status --short
  ERROR tree/.git is not a store; it appears to be the .git folder of a work tree
  hint: --root or WASMSTORE_ROOT selects the store
  $ wasmstore restore-backup store.tar.gz --root a.wasm --yes
  ERROR cannot use a.wasm as a store: it is a file
  [10]

Archives that are cut off, changed, or no backup.

  $ refused() { wasmstore restore-backup "$@" --root no; s=$?; ls -d no 2> /dev/null; return $s; }
  $ head -c 2000 store.tar.gz > cut.tar.gz; refused cut.tar.gz
  ERROR the archive is damaged: the deflated data is truncated
  [12]
  $ head -c 3000 store.tar > cut.tar; refused cut.tar
  ERROR the archive is damaged: the archive is truncated
  [12]
  $ head -c -600 store.tar > cut.tar; refused cut.tar
  ERROR the archive is damaged: the archive is truncated
  [12]
  $ python3 -c 'import sys; b = bytearray(open("store.tar", "rb").read()); i = b.index(b"PACK") + 40; b[i] ^= 1; open("bad.tar", "wb").write(b)'; refused bad.tar 2>&1 | sed 's/[0-9a-f]\{40\}/ID/'
  ERROR the archive is damaged: the SHA-256 of objects/pack/pack-ID.pack does not match SHA256SUMS
  $ refused a.wasm; refused missing.tar.gz; refused .
  ERROR the archive is damaged: the archive is truncated
  ERROR cannot read missing.tar.gz: No such file or directory
  ERROR cannot read the archive: Is a directory
  [1]
  $ tar czf own.tar.gz -C clone . && refused own.tar.gz
  ERROR the archive is refused: ./.git/: a backup never has this entry
  [3]
  $ git -C new archive --prefix=x/ main | refused -
  ERROR the archive is refused: x/: a backup never has this entry
  [3]

Hostile archives: each is a backup with one thing more, and a list that is right.

  $ cat > hostile <<'EOF'
  > import hashlib, io, sys, tarfile
  > kind, name = sys.argv[1], sys.argv[2]
  > text = sys.argv[3].encode().decode("unicode_escape").encode() if len(sys.argv) > 3 else b""
  > files, out = {}, tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=tarfile.PAX_FORMAT)
  > def put(entry, data=None):
  >     entry.size = len(data or b"")
  >     out.addfile(entry, io.BytesIO(data or b""))
  > for entry in tarfile.open("store.tar"):
  >     data = tarfile.open("store.tar").extractfile(entry).read() if entry.isfile() else None
  >     if entry.name == "./SHA256SUMS":
  >         if kind != "replace":
  >             extra = tarfile.TarInfo(name)
  >             extra.type = {"file": b"0", "dir": b"5", "symlink": b"2", "hardlink": b"1", "device": b"3", "fifo": b"6"}[kind]
  >             if kind.endswith("link"): extra.linkname, text = text.decode(), b""
  >             put(extra, text)
  >             if kind == "file": files[name] = text
  >         data = "".join(f"{hashlib.sha256(d).hexdigest()}  {n}\n" for n, d in files.items()).encode()
  >     elif entry.isfile():
  >         if kind == "replace" and entry.name == name: data = text
  >         files[entry.name] = data
  >     put(entry, data)
  > out.close()
  > EOF
  $ hostile() { python3 hostile "$@" > hostile.tar; refused hostile.tar; }
  $ python3 hostile replace ./none | wasmstore restore-backup - --verify
  $ hostile file ./hooks/post-receive '#!/bin/sh\ntouch pwned\n'
  ERROR the archive is refused: ./hooks/post-receive: a backup never has this entry
  [3]
  $ hostile dir ./hooks
  ERROR the archive is refused: ./hooks/: a backup never has this entry
  [3]
  $ hostile file ./objects/info/alternates /etc
  ERROR the archive is refused: ./objects/info/alternates: a backup never has this entry
  [3]
  $ hostile file ./objects/info/http-alternates http://x
  ERROR the archive is refused: ./objects/info/http-alternates: a backup never has this entry
  [3]
  $ hostile file ./info/grafts x
  ERROR the archive is refused: ./info/grafts: a backup never has this entry
  [3]
  $ hostile file ./objects/4b/825dc642cb6eb9a060e54bf8d69288fbee4904 x
  ERROR the archive is refused: ./objects/4b/825dc642cb6eb9a060e54bf8d69288fbee4904: a backup never has this entry
  [3]
  $ hostile file ./objects/pack/pack-x.keep x
  ERROR the archive is refused: ./objects/pack/pack-x.keep: a backup never has this entry
  [3]
  $ hostile file ./catalog-1.db x
  ERROR the archive is refused: ./catalog-1.db: a backup never has this entry
  [3]
  $ hostile file ./logs/HEAD x
  ERROR the archive is refused: ./logs/HEAD: a backup never has this entry
  [3]
  $ hostile symlink ./refs/heads/x /etc/passwd
  ERROR the archive is refused: ./refs/heads/x: it is a symbolic link
  [3]
  $ hostile symlink ./tmp /tmp
  ERROR the archive is refused: ./tmp: it is a symbolic link
  [3]
  $ hostile hardlink ./refs/heads/x ./HEAD
  ERROR the archive is refused: ./refs/heads/x: it is a hard link
  [3]
  $ hostile device ./refs/heads/x
  ERROR the archive is refused: ./refs/heads/x: it is a device
  [3]
  $ hostile fifo ./refs/heads/x
  ERROR the archive is refused: ./refs/heads/x: it is a pipe
  [3]
  $ hostile file /tmp/absolute x
  ERROR the archive is refused: /tmp/absolute: its name is absolute
  [3]
  $ hostile file ../outside x
  ERROR the archive is refused: ../outside: its name refers to a place outside the store
  [3]
  $ hostile file ./refs/../../outside x
  ERROR the archive is refused: ./refs/../../outside: its name refers to a place outside the store
  [3]
  $ hostile file ./refs/heads/x.lock x
  ERROR the archive is refused: ./refs/heads/x.lock: a backup never has this entry
  [3]
  $ hostile file ./refs/heads/main/x 0123456789012345678901234567890123456789
  ERROR the archive is damaged: refs/heads/main/x: points to 0123456789012345678901234567890123456789, which is missing
  [12]
  $ hostile file ./HEAD 'ref: refs/heads/main'
  ERROR the archive is damaged: HEAD is there twice
  [12]
  $ hostile file ./refs x
  ERROR the archive is refused: ./refs: a backup never has this entry
  [3]
  $ hostile replace ./config '[core]\n\tbare = true\n\tfsmonitor = touch pwned\n'
  ERROR the archive is refused: ./config: it sets core.fsmonitor
  [3]
  $ hostile replace ./config '[core]\n\tbare = true\n\tsshCommand = x\n'
  ERROR the archive is refused: ./config: it sets core.sshcommand
  [3]
  $ hostile replace ./config '[include]\n\tpath = /dev/stdin\n'
  ERROR the archive is refused: ./config: it includes other files
  [3]
  $ hostile replace ./config '[core] bare = true\n[ INCLUDEif "gitdir:/**"]path=/etc/passwd'
  ERROR the archive is refused: ./config: it includes other files
  [3]
  $ hostile replace ./config '[filter "x"]\n\tclean = touch pwned\n'
  ERROR the archive is refused: ./config: it sets filter.x.clean
  [3]
  $ hostile replace ./config '[core]\n\tworktree = /tmp\n'
  ERROR the archive is refused: ./config: it sets core.worktree
  [3]
  $ hostile replace ./config '[core]\n\tbare = false\n'
  ERROR the archive is damaged: its content is not a store
  [12]
  $ hostile replace ./config '[core\n'
  ERROR the archive is damaged: config: failed to parse config file: missing ']' in section header (in config:1)
  [12]
  $ hostile replace ./config '[wasmstore]\n\tformatVersion = 99\n[core]\n\tbare = true\n'
  ERROR the backup has format 99; this version of wasmstore supports formats up to 2
  hint: use a newer version of wasmstore
  [10]
  $ hostile replace ./config '[extensions]\n\tobjectFormat = sha256\n[core]\n\tbare = true\n'
  ERROR the archive is refused: ./config: it sets extensions.objectformat
  [3]
  $ hostile replace ./packed-refs '0123456789012345678901234567890123456789 refs/heads/main\n'
  ERROR the archive is damaged: refs/heads/main: points to 0123456789012345678901234567890123456789, which is missing; its last known value is 69a7c01344d56ecde2ca9176b3ce9bbf7b68bff9
  [12]
  $ hostile replace ./packed-refs 'garbage\n'
  ERROR the archive is damaged: a line of packed-refs is not valid, or is out of order
  [12]
  $ hostile replace ./packed-refs "$(git -C store for-each-ref --format='%(objectname) %(refname)' | sort -k 2 -r | sed 's/$/\\n/')"
  ERROR the archive is damaged: a line of packed-refs is not valid, or is out of order
  [12]
  $ hostile replace ./HEAD 'garbage\n'
  ERROR the archive is damaged: HEAD: does not contain the id of an object
  [12]
  $ hostile replace ./HEAD 'ref: ../../etc/passwd\n'
  ERROR the archive is damaged: HEAD: does not contain the id of an object
  [12]
  $ echo more >> store.tar; refused store.tar
  ERROR the archive is damaged: there is data after the end of the archive
  [12]

Through symbolic links in the folder nothing is written elsewhere.

  $ mkdir outside target && ln -s ../outside target/tmp && wasmstore restore-backup store.tar.gz --root target; rm target/tmp
  ERROR target is not a store; it appears to be a folder with other files
  hint: --root or WASMSTORE_ROOT selects the store
  $ touch target/write.lock; ln -s ../outside target/objects; wasmstore restore-backup store.tar.gz --root target; rm target/*; ls outside target
  ERROR cannot use target as a store: its entry objects is a symbolic link
  outside:

  target:




A restored folder that a dead process began to make is taken over.

  $ mkdir target/tmp target/objects; touch target/write.lock target/objects/x; wasmstore restore-backup store.tar.gz --root target && git -C target fsck --strict; ls target/objects
  info
  pack

A signal ends it, and nothing is left.

  $ mkfifo pipe; exec 3<> pipe; head -c 2000 store.tar >&3; wasmstore restore-backup - --root later < pipe 3>&- & until ls -d .later* > /dev/null 2>&1; do :; done; kill -TERM $!; wait $!; echo "status $?"; exec 3>&-; ls -dA .later* later 2> /dev/null
  ERROR interrupted
  status 143
  [2]
  $ ls -A | grep '^no\|^\.\|pwned'
  [1]
  $ wasmstore restore-backup
  ERROR missing expected argument '<file>'
  hint: usage: wasmstore restore-backup FILE|- [--yes] | --list | --verify
  [2]
