#requires: root
Stores of other users are used as git uses their repositories: where safe.directory lists them.

  $ make-wasm a.wasm 64 1; unset GIT_CONFIG_GLOBAL
  $ wasmstore --root g/store add a.wasm > /dev/null; chmod -R a+rX g
  $ asks() { as-user "$@" wasmstore --root g/store list 2>&1 | cut -f2; as-user "$@" git -C g/store log --format=%s 2>&1 | head -1 | cut -c1-30; }
  $ asks env
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ as-user wasmstore --root g/store list --json 2>&1 | grep -o '"hint":.*safe.directory'
  "hint":"git config --global --add safe.directory g/store","message":"cannot use g/store as a store: it belongs to another user and git's safe.directory
  $ printf '[safe]\ndirectory = *\n' > ~/.gitconfig; asks env
  /a.wasm
  Import /a.wasm
  $ printf '[safe]\ndirectory = *\ndirectory =\n' > ~/.gitconfig; asks env
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ printf '[safe]\ndirectory = %s\n' $PWD/other > ~/.gitconfig; asks env
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ printf '[safe]\ndirectory = %s\n' $PWD/g/store > ~/.gitconfig; asks env
  /a.wasm
  Import /a.wasm
  $ rm ~/.gitconfig; mkdir -p ~/.config/git; printf '[safe]\ndirectory = *\n' > ~/.config/git/config; asks env
  /a.wasm
  Import /a.wasm
  $ mkdir -p x; mv ~/.config/git x; asks env XDG_CONFIG_HOME=$PWD/x
  /a.wasm
  Import /a.wasm
  $ printf '[safe]\ndirectory = *\n' > all; printf '[include]\npath = %s\n' $PWD/all > including
  $ asks env GIT_CONFIG_GLOBAL=$PWD/all
  /a.wasm
  Import /a.wasm
  $ asks env GIT_CONFIG_GLOBAL=$PWD/including
  /a.wasm
  Import /a.wasm
  $ asks env GIT_CONFIG_GLOBAL= XDG_CONFIG_HOME=$PWD/x
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ asks env GIT_CONFIG_SYSTEM=$PWD/all GIT_CONFIG_NOSYSTEM=0
  /a.wasm
  Import /a.wasm
  $ asks env GIT_CONFIG_SYSTEM=$PWD/all GIT_CONFIG_NOSYSTEM=1
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ asks env GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=a.b GIT_CONFIG_VALUE_0=c GIT_CONFIG_KEY_1=Safe.Directory GIT_CONFIG_VALUE_1='*'
  /a.wasm
  Import /a.wasm
  $ asks env GIT_CONFIG_GLOBAL=$PWD/all GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  fatal: detected dubious owners
  $ asks env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=a.b
  ERROR GIT_CONFIG_VALUE_0 is not set
  error: missing config value GI
  $ asks env GIT_CONFIG_COUNT=some
  ERROR GIT_CONFIG_COUNT must be a number, not 'some'
  error: bogus count in GIT_CONF
  $ cp -r g ~; printf '[safe]\ndirectory = ~/g/store\n' > ~/.gitconfig; as-user wasmstore --root ~/g/store list | cut -f2
  /a.wasm

Root may use what belongs to the user who called sudo.

  $ chown -R 65534 g; wasmstore --root g/store list
  ERROR cannot use g/store as a store: it belongs to another user and git's safe.directory does not list it
  hint: git config --global --add safe.directory g/store
  [10]
  $ SUDO_UID=65534 wasmstore --root g/store list | cut -f2
  /a.wasm

A home that cannot be reached is no hindrance where nothing in it is needed.

  $ rm ~/.gitconfig; mkdir -m 700 private; as-user env HOME=$PWD/private wasmstore --root g/store list | cut -f2
  /a.wasm
  $ mkdir -m 777 open; as-user env HOME=$PWD/private wasmstore --root open/store config set author me
  $ as-user env HOME=$PWD/private wasmstore list
  ERROR cannot use $TRANSCRIPT/private/.wasmstore as a store: Permission denied
  [10]

A file of settings that cannot be read is named.

  $ mkdir -p x/wasmstore; touch x/wasmstore/config; chmod 0 x/wasmstore/config
  $ as-user env XDG_CONFIG_HOME=$PWD/x wasmstore --root open/store add a.wasm
  ERROR cannot read $TRANSCRIPT/x/wasmstore/config: Permission denied
  [1]
  $ as-user env HOME=$PWD/private wasmstore --root open/store add a.wasm
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb
  $ chmod 0 open/store/config; as-user wasmstore --root open/store list
  ERROR cannot read open/store/config: Permission denied
  [1]

Repositories in formats that are not read are named.

  $ git init -q --bare --object-format=sha256 s2; wasmstore --root s2 list
  ERROR s2 is a git repository with sha256 object ids, which is not supported
  hint: run git fast-export --all in it, and git fast-import in a repository made with --object-format=sha1, to copy it
  [10]
  $ wasmstore --root s2 add a.wasm --json
  {"error":{"code":"not_a_store","hint":"run git fast-export --all in it, and git fast-import in a repository made with --object-format=sha1, to copy it","message":"s2 is a git repository with sha256 object ids, which is not supported"}}
  [10]
  $ init() { git init -q --bare $1; git -C $1 config core.repositoryFormatVersion 1; git -C $1 config $2 $3; wasmstore --root $1 list; }
  $ init rt extensions.refStorage reftable
  ERROR rt is a git repository with references in reftable, which is not supported
  hint: git -C rt refs migrate --ref-format=files converts it
  [10]
  $ init ex extensions.someDay true
  ERROR ex is a git repository with the extension someday, which is not supported
  hint: git clone --bare ex makes a copy in git's common format
  [10]
  $ init v9 core.repositoryFormatVersion 9
  ERROR v9 is a git repository of format version 9, which is not supported
  hint: git clone --bare v9 makes a copy in git's common format
  [10]
  $ init sh extensions.objectFormat sha1; init pa extensions.partialClone origin; init wt extensions.worktreeConfig true; init pr extensions.preciousObjects true
