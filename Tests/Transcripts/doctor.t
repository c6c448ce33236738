#requires: root

doctor looks at what a store needs, and changes nothing.

  $ export WASMSTORE_ROOT=$PWD/store; make-wasm a.wasm
  $ wasmstore doctor
  ERROR no store at $TRANSCRIPT/store
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ wasmstore add a.wasm a.wasm > /dev/null
  $ wasmstore doctor | sed -E '1s/.*/(versions)/; s/[0-9]+ MiB/N MiB/'
  (versions)
  ok	store	format 2
  ok	permissions	all parts are writable
  ok	disk	N MiB free
  ok	clock	no operation and no branch has a time in the future
  ok	settings	all are valid
  ok	locks	no lock is held
  ok	catalog	modules: 1, commits: 1
  ok	packs	large modules are stored whole
  ok	hooks	no branch has a protection or policy
  ok	leftovers	no unfinished files
  $ wasmstore doctor --json | sed 's/[0-9]* MiB/N MiB/'
  [{"advice":null,"finding":"format 2","subject":"store","verdict":"ok"},{"advice":null,"finding":"all parts are writable","subject":"permissions","verdict":"ok"},{"advice":null,"finding":"N MiB free","subject":"disk","verdict":"ok"},{"advice":null,"finding":"no operation and no branch has a time in the future","subject":"clock","verdict":"ok"},{"advice":null,"finding":"all are valid","subject":"settings","verdict":"ok"},{"advice":null,"finding":"no lock is held","subject":"locks","verdict":"ok"},{"advice":null,"finding":"modules: 1, commits: 1","subject":"catalog","verdict":"ok"},{"advice":null,"finding":"large modules are stored whole","subject":"packs","verdict":"ok"},{"advice":null,"finding":"no branch has a protection or policy","subject":"hooks","verdict":"ok"},{"advice":null,"finding":"no unfinished files","subject":"leftovers","verdict":"ok"}]

Settings that git or a person wrote.

  $ git -C store config wasmstore.gc.grace soon; git -C store config wasmstore.colour red; git -C store config gc.auto 100
  $ wasmstore doctor | grep settings
  ERROR problems found: 2
  note	settings	wasmstore.colour in $TRANSCRIPT/store/config is not a known setting
  problem	settings	wasmstore.gc.grace = soon in $TRANSCRIPT/store/config: it is not a time such as 90s, 30m, 24h or 7d; wasmstore config set wasmstore.gc.grace VALUE changes it
  problem	settings	gc.auto is not 0; git -C ROOT config gc.auto 0 sets it
  $ wasmstore doctor > /dev/null
  ERROR problems found: 2
  [1]
  $ wasmstore config set gc.grace 1h; git -C store config --unset wasmstore.colour; git -C store config gc.auto 0

Locks: one that is held, one that was left behind.

  $ exec 3> store/write.lock; flock 3; wasmstore doctor | grep locks; exec 3>&-
  note	locks	a process is writing
  $ touch -d '1 hour ago' store/refs/heads/main.lock; wasmstore doctor | grep locks; rm store/refs/heads/main.lock
  ERROR problems found: 1
  problem	locks	$TRANSCRIPT/store/refs/heads/main.lock was left behind; wasmstore fsck --repair removes it

Unfinished files, and a store that another user may only read.

  $ wasmstore doctor | grep leftovers
  ok	leftovers	no unfinished files
  $ : > store/tmp/pack-1; wasmstore doctor | grep leftovers
  note	leftovers	1 unfinished file; gc removes those of processes that have ended
  $ unset GIT_CONFIG_GLOBAL; git config --file ~/.gitconfig safe.directory "$PWD/store"; chmod 755 . ~; chmod 644 ~/.gitconfig; chmod -R a+rX store
  $ as-user wasmstore doctor | grep permissions
  note	permissions	the store is read-only for this user
  $ chmod a+w store; as-user wasmstore doctor | grep permissions
  ERROR problems found: 1
  problem	permissions	cannot write $TRANSCRIPT/store/objects: Permission denied; give the users of the store write permission

Guards of branches, which plain git's pushes pass where there is no hook.

  $ chmod go-w store; wasmstore doctor | grep hooks
  ok	hooks	no branch has a protection or policy
  $ wasmstore branch main --protect; wasmstore doctor | grep hooks
  note	hooks	protection and policies do not apply to pushes of plain git; wasmstore hooks install changes that
  $ wasmstore hooks install > /dev/null; wasmstore doctor | grep hooks
  ok	hooks	protection and policies apply to pushes of plain git
  $ chmod a-x store/hooks/update; wasmstore doctor 2> /dev/null | grep hooks
  problem	hooks	$TRANSCRIPT/store/hooks/update is not executable, so plain git ignores it; wasmstore hooks install writes it again
  $ printf '#!/bin/sh\n' > store/hooks/update; wasmstore doctor | grep hooks
  note	hooks	$TRANSCRIPT/store/hooks/update was not written by wasmstore and may not check protection and policies; make it run 'wasmstore hooks check' with its arguments
  $ wasmstore branch main --unprotect; wasmstore doctor | grep hooks
  ok	hooks	no branch has a protection or policy
