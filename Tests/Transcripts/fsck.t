A store in which nothing is wrong.

  $ root=$HOME/.wasmstore
  $ flip() { chmod u+w "$1" && python3 -c 'import sys; f = open(sys.argv[1], "r+b"); n = int(sys.argv[2]) if len(sys.argv) > 2 else f.seek(0, 2) // 2; f.seek(n); b = f.read(1)[0]; f.seek(n); f.write(bytes([b ^ 1]))' "$@"; }
  $ loose() { echo $root/objects/$(git -C $root rev-parse "$1" | sed 's,^..,&/,'); }
  $ make-wasm a.wasm 300 1; make-wasm b.wasm 300 2
  $ wasmstore add a.wasm plugins/a.wasm > /dev/null
  $ wasmstore add b.wasm > /dev/null
  $ wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --quick
  checked 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --deep
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --json
  {"checked":"normal","commits":2,"damage":[],"invalid_modules":0,"leftovers":[],"modules":2,"objects":7,"other_files":0,"read_objects":7,"references":1,"repaired":[]}
  $ wasmstore fsck --quick --deep
  ERROR --quick and --deep cannot be used together
  [2]
  $ cp -a $root whole
  $ restore() { rm -rf $root && cp -a whole $root; }

A byte of a module's loose object.

  $ flip $(loose main:plugins/a.wasm)
  $ wasmstore fsck
  damage	object	9c57fd0f11d3d5bb3171ee9e192cf7163daa94c1	the deflated data is not valid
  affects	/plugins/a.wasm	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70	2 commits	refs/heads/main
  checked 1 module, 7 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ git -C $root fsck 2>&1 | grep -c $(git -C $root rev-parse main:plugins/a.wasm)
  3
  $ wasmstore fsck --quick
  checked 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --json
  {"checked":"normal","commits":2,"damage":[{"commit_count":2,"from":"refs/heads/main","kind":"object","name":"9c57fd0f11d3d5bb3171ee9e192cf7163daa94c1","path_count":1,"paths":[{"commit":"02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70","commit_count":2,"path":"/plugins/a.wasm"}],"problem":"the deflated data is not valid","repairable":false}],"invalid_modules":0,"leftovers":[],"modules":1,"objects":7,"other_files":0,"read_objects":6,"references":1,"repaired":[]}
  {"error":{"code":"damaged","message":"damage found: 1"}}
  [12]
  $ wasmstore fsck --repair > /dev/null
  ERROR damage found: 1
  [12]
  $ restore

A missing object, and a missing tree.

  $ rm -f $(loose main:b.wasm)
  $ wasmstore fsck
  damage	object	3a6c87a2fabddf9bf73a68bcf8b81326752029d1	is missing
  affects	/b.wasm	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70	1 commit	refs/heads/main
  checked 1 module, 6 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ restore
  $ rm -f $(loose main:plugins)
  $ wasmstore fsck --quick
  damage	object	b6f9c5957482bb511c2feb9ebcc455d7ca91e5bd	is missing
  affects	/plugins/	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70	2 commits	refs/heads/main
  checked 5 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ restore
  $ rm -f $(loose main~1)
  $ wasmstore fsck --quick
  damage	object	f5251e7764b57647bf22c5e0d973107ad50f62dd	is missing
  affects	history	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70	1 commit	refs/heads/main
  checked 5 objects, 1 commit, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ restore

A damaged object of which another copy is whole.

  $ git -C $root -c pack.window=0 repack -aq
  $ flip $(loose main:b.wasm)
  $ wasmstore fsck --repair
  repaired	removed $HOME/.wasmstore/objects/3a/6c87a2fabddf9bf73a68bcf8b81326752029d1, a damaged copy of an object that has another, undamaged copy
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ git -C $root fsck
  $ restore

A byte of a pack, in the middle and in its checksum.

  $ git -C $root -c pack.window=0 repack -adq
  $ rm -rf packed; cp -a $root packed
  $ flip $root/objects/pack/*.pack
  $ wasmstore fsck 2> /dev/null | sed 's/ at [0-9]*$/ at N/'
  damage	object	3a6c87a2fabddf9bf73a68bcf8b81326752029d1	the deflated data is not valid, in $HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack at N
  affects	/b.wasm	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70	1 commit	refs/heads/main
  checked 1 module, 7 objects, 2 commits, 1 reference: 1 damaged
  $ git -C $root fsck > /dev/null 2>&1 || echo git agrees
  git agrees
  $ rm -rf $root; cp -a packed $root
  $ flip $root/objects/pack/*.pack $(($(stat -c %s $root/objects/pack/*.pack) - 5))
  $ wasmstore fsck --quick 2> /dev/null | cut -f 1-4
  damage	reference	refs/heads/main	points to 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing
  damage	pack	$HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack	does not belong to its index
  checked 0 objects, 0 commits, 1 reference: 2 damaged
  $ wasmstore fsck --deep 2> /dev/null | cut -f 1-4
  damage	reference	refs/heads/main	points to 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing
  damage	pack	$HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack	does not belong to its index
  checked 0 modules, 0 objects, 0 commits, 1 reference: 2 damaged
  $ rm -rf $root; cp -a packed $root
  $ flip $root/objects/pack/*.pack 8
  $ wasmstore fsck --deep 2> /dev/null
  damage	reference	refs/heads/main	points to 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing
  damage	pack	$HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack	has a damaged header
  checked 0 modules, 0 objects, 0 commits, 1 reference: 2 damaged
  [12]
  $ rm -rf $root; cp -a packed $root

A byte of an index, and no index.

  $ flip $root/objects/pack/*.idx
  $ wasmstore fsck 2> /dev/null | cut -f 1-4
  damage	reference	refs/heads/main	points to 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing
  damage	index	$HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.idx	the checksum does not match
  checked 0 modules, 0 objects, 0 commits, 1 reference: 2 damaged
  $ wasmstore fsck --repair
  repaired	rebuilt the index of $HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ git -C $root fsck
  $ cmp packed/objects/pack/*.idx $root/objects/pack/*.idx
  $ rm -f $root/objects/pack/*.idx
  $ wasmstore fsck --repair --deep
  repaired	rebuilt the index of $HOME/.wasmstore/objects/pack/pack-f9f1a55557384477f101e60d26dda2da91d1223b.pack
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ git -C $root fsck
  $ restore

A reference whose file is empty, or names what is not there.

  $ : > $root/refs/heads/main
  $ wasmstore fsck
  damage	reference	refs/heads/main	is empty; its last known value is 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  checked 2 modules, 7 objects, 0 commits, 0 references: 1 damaged
  ERROR damage found: 1
  hint: wasmstore fsck --repair repairs what can be repaired
  [12]
  $ wasmstore fsck --repair
  repaired	set refs/heads/main to its last known value 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ git -C $root fsck
  $ : > $root/HEAD
  $ wasmstore fsck
  damage	reference	HEAD	is empty
  checked 2 modules, 7 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ echo ref: refs/heads/main > $root/HEAD
  $ sed -i 's/^./f/' $root/refs/heads/main
  $ wasmstore fsck
  damage	reference	refs/heads/main	points to f2ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing; its last known value is 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  checked 2 modules, 7 objects, 0 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ restore

The catalog: a byte of its file, and a row that says something else.

  $ wasmstore log > /dev/null; wasmstore versions b.wasm > /dev/null
  $ cat > row.py <<'END'
  > import sqlite3, sys
  > database = sqlite3.connect(sys.argv[1])
  > database.execute(sys.argv[2])
  > database.commit()
  > END
  $ python3 row.py $root/catalog-1.db "UPDATE module SET digest = randomblob(32) WHERE size = 300"
  $ wasmstore fsck 2> /dev/null | sed -E 's/[0-9a-f]{64}/HASH/g'
  damage	catalog	$HOME/.wasmstore/catalog-1.db	it has for 3a6c87a2fabddf9bf73a68bcf8b81326752029d1 the hash HASH instead of HASH, and 1 more
  checked 2 modules, 7 objects, 2 commits, 1 reference: 1 damaged
  $ wasmstore fsck --repair
  repaired	created a new catalog at $HOME/.wasmstore/catalog-2.db
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore hash b.wasm > /dev/null; wasmstore versions b.wasm > /dev/null
  $ python3 row.py $root/catalog-2.db "UPDATE change SET mode = 33261"
  $ wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --deep 2> /dev/null | head -1
  damage	catalog	$HOME/.wasmstore/catalog-2.db	it has the wrong changes for 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, and 1 more
  $ python3 row.py $root/catalog-2.db "UPDATE revision SET depth = depth + 1 WHERE position = 1"
  $ wasmstore fsck 2> /dev/null | head -1
  damage	catalog	$HOME/.wasmstore/catalog-2.db	it has the wrong parent for 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  $ python3 row.py $root/catalog-2.db "PRAGMA wal_checkpoint(TRUNCATE)"
  $ rm -f $root/catalog-2.db-*; flip $root/catalog-2.db 100
  $ wasmstore fsck 2> /dev/null | cut -f 1-3
  damage	catalog	$HOME/.wasmstore/catalog-2.db
  checked 2 modules, 7 objects, 2 commits, 1 reference: 1 damaged
  $ wasmstore fsck --repair
  repaired	created a new catalog at $HOME/.wasmstore/catalog-3.db
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ restore

A raw copy. One that changed without a trace is found by a deep check.

  $ copy=$(wasmstore filename b.wasm)
  $ wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ touch -r $copy time; flip $copy
  $ wasmstore fsck
  damage	raw_copy	$HOME/.wasmstore/modules/87/87bdb874b1eaf364167757c8d9ed19a78f479df08b8b2e3fa9f51801c04bdd8f	its content does not match 87bdb874b1eaf364167757c8d9ed19a78f479df08b8b2e3fa9f51801c04bdd8f
  checked 2 modules, 7 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  hint: wasmstore fsck --repair repairs what can be repaired
  [12]
  $ touch -r time $copy
  $ wasmstore fsck --deep --repair
  repaired	created $HOME/.wasmstore/modules/87/87bdb874b1eaf364167757c8d9ed19a78f479df08b8b2e3fa9f51801c04bdd8f again
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ sha256sum < $copy | cut -c 1-64 | grep -c $(basename $copy)
  1
  $ restore

The operation record. A last line that is cut off is nobody's damage.

  $ printf '0123456789abcdef {"id' >> $root/operations
  $ wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ restore
  $ sed -i '1s/add/dad/' $root/operations
  $ wasmstore fsck
  damage	record	$HOME/.wasmstore/operations	a line has a wrong checksum and is ignored
  checked 2 modules, 7 objects, 2 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ restore

What a killed process left behind is no damage. A young file may be a writer's.

  $ touch $root/tmp/object-0123456789abcdef $root/refs/heads/main.lock
  $ wasmstore fsck
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ touch -d '1 minute ago' $root/tmp/object-0123456789abcdef $root/refs/heads/main.lock
  $ wasmstore fsck
  stale_lock	$HOME/.wasmstore/refs/heads/main.lock
  unfinished_file	$HOME/.wasmstore/tmp/object-0123456789abcdef
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ wasmstore fsck --repair
  repaired	removed $HOME/.wasmstore/refs/heads/main.lock, which a process that has ended left behind
  unfinished_file	$HOME/.wasmstore/tmp/object-0123456789abcdef
  checked 2 modules, 7 objects, 2 commits, 1 reference: no damage
  $ rm $root/tmp/object-0123456789abcdef

What only a reflog names may be gone.

  $ git -C $root update-ref refs/heads/main main~1
  $ rm -f $(loose 'main@{1}')
  $ wasmstore fsck
  former_object	02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  checked 1 module, 4 objects, 1 commit, 1 reference: no damage
  $ restore

What is no module, or an invalid one, is counted.

  $ printf '\0asm\1\0\0\0\1' > broken.wasm
  $ wasmstore add --no-validate broken.wasm > /dev/null
  warning: not validated: /broken.wasm: unexpected end-of-file
  $ git init -q work && git -C work pull -q $root main && echo text > work/text.txt
  $ git -C work add . && git -C work commit -q -m text && git -C work push -q $root HEAD:main
  $ wasmstore fsck
  checked 3 modules, 1 of them invalid, 1 other file, 13 objects, 4 commits, 1 reference: no damage
  $ wasmstore list -l > /dev/null
  $ restore

A plain repository of git's stays as it is.

  $ git init -q --bare -b main plain
  $ wasmstore --root plain fsck
  checked 0 modules, 0 objects, 0 commits, 0 references: no damage
  $ echo f2ba4db33b35f951ebf0f0d6df7c0948dcb2dc70 > plain/refs/heads/main
  $ wasmstore --root plain fsck
  damage	reference	refs/heads/main	points to f2ba4db33b35f951ebf0f0d6df7c0948dcb2dc70, which is missing
  checked 0 modules, 0 objects, 0 commits, 1 reference: 1 damaged
  ERROR damage found: 1
  [12]
  $ ls plain
  HEAD
  branches
  config
  description
  hooks
  info
  objects
  refs

Writers and a repacking git beside are no damage.

  $ (for i in 1 2 3 4 5 6; do make-wasm $i.wasm 300 $i; wasmstore add $i.wasm; git -C $root repack -adq; done) > /dev/null 2>&1 &
  $ for i in 1 2 3 4 5 6 7 8; do wasmstore fsck --deep > /dev/null || echo damage; done
  $ wait
  $ restore

A folder that cannot be written is checked, and not repaired.

  $ : > $root/refs/heads/main
  $ chmod 755 $HOME; chmod -R a+rX $root
  $ unset GIT_CONFIG_GLOBAL; git config --file ~/.gitconfig safe.directory $root
  $ as-user wasmstore --root $root --branch main fsck 2> /dev/null | cut -f 1-4
  damage	reference	refs/heads/main	is empty; its last known value is 02ba4db33b35f951ebf0f0d6df7c0948dcb2dc70
  checked 2 modules, 7 objects, 0 commits, 0 references: 1 damaged
  $ as-user wasmstore --root $root --branch main fsck --repair > /dev/null
  ERROR $HOME/.wasmstore is read-only
  [1]
