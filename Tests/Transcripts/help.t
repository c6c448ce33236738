Help on one screen, with examples first; and whole pages.

  $ wasmstore
  OVERVIEW: Keeps WebAssembly modules under version control.

  Examples:
    wasmstore add app.wasm
    wasmstore log --oneline --graph
    wasmstore rollback app.wasm

  USAGE: wasmstore [OPTIONS] COMMAND [ARGUMENTS]

  OPTIONS:
    --version               Show the version.
    -h, --help              Show help information.

  MODULES SUBCOMMANDS:
    add                     Stores modules and prints their hashes.
    find                    Writes the exact bytes of a module.
    filename                Prints the name of a file with exactly the bytes.
    hash                    Prints the SHA-256 of a module that the branch holds.
    contains                Tells whether the branch holds a module.
    list                    Lists the modules of a branch: hash, tab, path.
    inspect                 Shows what a module imports, exports and is made of.
    search                  Finds modules by what they import, export or are.
    remove                  Removes modules from a branch, in one commit.
    set                     Puts a module that the store already has at a path.
    validate                Tells whether files are valid modules or components.
    compare                 Compares the interfaces of two modules, with a
                            verdict.
    can-run                 Tells whether a host can run modules, and if not, why.

  HISTORY SUBCOMMANDS:
    log                     Shows the commits of a revision, the newest first.
    versions                Lists the modules a path has held, the oldest first.
    version                 Prints one version of a path, or writes its bytes.
    audit                   Lists who changed a path, or the branch, and when.
    commit                  Prints a commit and its changes as a JSON object.
    diff                    Compares the trees of two revisions.
    snapshot                Prints the commit that the branch stands at.
    restore                 Moves the branch to a revision, or takes paths back.
    rollback                Brings back the version before the current one, or
                            that of a revision.
    undo                    Takes back the last operation, or another one.
    redo                    Does again what the last undo took back.
    watch                   Prints what each commit changes, as it comes.

  BRANCHES SUBCOMMANDS:
    branch                  Lists, makes, renames, protects or deletes branches.
    tag                     Lists, makes or deletes tags.
    merge                   Merges another branch into this one, path by path.
    policy                  Tells which modules of a branch do not meet its
                            policy.
    hooks                   Lets pushes by plain git meet protection and policies.

  EXCHANGE SUBCOMMANDS:
    export                  Writes the files of a branch into a folder or an
                            archive.
    import                  Adds the modules of a folder or an archive, in one
                            commit, or an older wasmstore's store.
    backup                  Writes the store into a tar archive.
    restore-backup          Makes a store out of a backup, after checking all of
                            it.
    server                  Serves the store over HTTP.
    kv-sync                 Publishes a branch or a folder to Workers KV.
    kv                      Shows what is published, goes back to what was, and
                            cleans up.
    kv-server               Serves values as Workers KV does, for development and
                            closed networks.
    edge                    Makes and runs a Worker that serves what is published.

  STORE SUBCOMMANDS:
    status                  Describes the store: place, branch, sizes, locks.
    doctor                  Looks at permissions, disk, clock, settings, locks
                            and the catalog.
    fsck                    Looks for damage in the store, and repairs what can
                            be made again.
    gc                      Squashes the branch's history, and removes what
                            nothing reaches any more.
    erase                   Takes modules out of all history, for good.
    config                  Reads and changes the store's settings.
    auth                    Makes, lists and removes the keys of a server.
    completions             Prints the completion script of a shell.
    self-test               Tests whether the network of this machine works.

    See 'wasmstore help <subcommand>' for detailed help.

  wasmstore --help tells of the options that all commands take.
  $ wasmstore hash -h
  OVERVIEW: Prints the SHA-256 of a module that the branch holds.

  Examples:
    wasmstore hash app.wasm
    wasmstore hash main~1:app.wasm --short

  USAGE: wasmstore hash MODULE|REV:PATH [--short]

  ARGUMENTS:
    <module>                A path, a hash or an abbreviation of one (7 digits or
                            more), or REV:PATH.

  OPTIONS:
    --short                 Print the shortest abbreviation that names the module.
    -h, --help              Show help information.

  wasmstore hash --help tells of the options that all commands take.
  $ wasmstore hash --help
  OVERVIEW: Prints the SHA-256 of a module that the branch holds.

  Examples:
    wasmstore hash app.wasm
    wasmstore hash main~1:app.wasm --short

  USAGE: wasmstore hash MODULE|REV:PATH [--short]

  ARGUMENTS:
    <module>                A path, a hash or an abbreviation of one (7 digits or
                            more), or REV:PATH.

  COMMON OPTIONS:
    --root <dir>            The store's directory. [env: WASMSTORE_ROOT]
    --branch <name>         The branch to work on, else the default branch. [env:
                            WASMSTORE_BRANCH]
    --author <author>       Who makes the commits: NAME or 'NAME <MAIL>'. [env:
                            WASMSTORE_AUTHOR]
    -v, --verbose           Say more on standard error; twice for details.
    --verbosity <level>     How much to say. (values: quiet, error, warning,
                            info, debug)
    -q, --quiet             Say nothing but the result and errors.
    --color <when>          When to use colour. [env: NO_COLOR, CLICOLOR_FORCE]
                            (values: auto, always, never; default: auto)
    --json                  Print results and errors as JSON.
    --no-pager              Never start a pager. [env: WASMSTORE_PAGER, PAGER]
    --progress              Show progress even without a terminal; with --json as
                            lines of JSON.
    --no-progress           Never show progress.
    --no-input              Never ask or wait for a person.
    --lock-timeout <secs>   How long to wait for another process's lock.
                            (default: 60)

  OPTIONS:
    --short                 Print the shortest abbreviation that names the module.
    -h, --help              Show help information.
  
  $ wasmstore help hash | cmp - <(wasmstore hash --help)
  $ wasmstore help has | cmp - <(wasmstore hash --help)
  $ wasmstore --help=plain hash | cmp - <(wasmstore hash --help)
  $ wasmstore --version
  wasmstore 0.1.0 (libgit2 1.5.1)
  $ wasmstore find --version
  wasmstore 0.1.0 (libgit2 1.5.1)
  $ wasmstore help nope
  ERROR unknown command 'nope'
  [2]

None of this makes a store.

  $ ls -A ~

Of help, the page of the program tells.

  $ wasmstore help help | cmp - <(wasmstore help) && wasmstore help --help | head -n 1
  OVERVIEW: Keeps WebAssembly modules under version control.
