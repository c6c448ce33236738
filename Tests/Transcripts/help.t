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
    filename                Prints the name of a file with a module's bytes.
    hash                    Prints the SHA-256 of a module of the branch.
    contains                Tells whether the branch has a module.
    list                    Lists the modules of a branch: hash, tab, path.
    inspect                 Shows the imports, exports and contents of a module.
    search                  Finds modules by imports, exports, kind or size.
    remove                  Removes modules from a branch, in one commit.
    set                     Puts a module that the store already has at a path.
    validate                Tells whether files are valid modules or components.
    compare                 Compares the interfaces of two modules and prints a
                            verdict.
    can-run                 Tells whether a host can run modules, and why not.

  HISTORY SUBCOMMANDS:
    log                     Shows the commits of a revision, the newest first.
    versions                Lists the versions of a path, the oldest first.
    version                 Prints one version of a path, or writes its bytes.
    audit                   Lists who changed a path, or the branch, and when.
    commit                  Prints a commit and its changes as a JSON object.
    diff                    Compares the trees of two revisions.
    snapshot                Prints the id of the branch's last commit.
    restore                 Moves the branch to a revision, or restores paths.
    rollback                Restores the previous version, or the version of a
                            revision.
    undo                    Reverts the last operation, or another one.
    redo                    Repeats the operation that the last undo reverted.
    watch                   Prints the changes of each new commit.

  BRANCHES SUBCOMMANDS:
    branch                  Lists, creates, renames, protects or deletes branches.
    tag                     Lists, creates or deletes tags.
    merge                   Merges another branch into this one, path by path.
    policy                  Lists the modules of a branch that violate its policy.
    hooks                   Applies protection and policies to pushes by plain
                            git.

  EXCHANGE SUBCOMMANDS:
    export                  Writes the files of a branch into a folder or an
                            archive.
    import                  Imports the modules of a folder or an archive, or a
                            store of the older wasmstore.
    backup                  Writes the store into a tar archive.
    restore-backup          Creates a store from a backup, after a full check.
    server                  Serves the store over HTTP.
    kv-sync                 Publishes a branch or a folder to Workers KV.
    kv                      Shows, rolls back and prunes what is published.
    kv-server               Runs a server with the interface of Workers KV.
    edge                    Creates and runs a Worker for published branches.

  STORE SUBCOMMANDS:
    status                  Describes the store: place, branch, sizes, locks.
    doctor                  Checks permissions, disk, clock, settings, locks and
                            the catalog.
    fsck                    Checks the store for damage, and repairs what can be
                            rebuilt.
    gc                      Squashes the branch's history, and removes
                            unreachable objects.
    erase                   Deletes modules from the whole history, permanently.
    config                  Reads and changes the store's settings.
    auth                    Makes, lists and removes the keys of a server.
    completions             Prints the completion script of a shell.
    self-test               Tests whether the network of this machine works.

    See 'wasmstore help <subcommand>' for detailed help.

  wasmstore --help also shows the options that all commands have.
  $ wasmstore hash -h
  OVERVIEW: Prints the SHA-256 of a module of the branch.

  Examples:
    wasmstore hash app.wasm
    wasmstore hash main~1:app.wasm --short

  USAGE: wasmstore hash MODULE|REV:PATH [--short]

  ARGUMENTS:
    <module>                A path, a hash, an abbreviated hash (7 digits or
                            more), or REV:PATH.

  OPTIONS:
    --short                 Print the shortest unique abbreviation.
    -h, --help              Show help information.

  wasmstore hash --help also shows the options that all commands have.
  $ wasmstore hash --help
  OVERVIEW: Prints the SHA-256 of a module of the branch.

  Examples:
    wasmstore hash app.wasm
    wasmstore hash main~1:app.wasm --short

  USAGE: wasmstore hash MODULE|REV:PATH [--short]

  ARGUMENTS:
    <module>                A path, a hash, an abbreviated hash (7 digits or
                            more), or REV:PATH.

  COMMON OPTIONS:
    --root <dir>            The store's directory. [env: WASMSTORE_ROOT]
    --branch <name>         The branch; otherwise the default branch. [env:
                            WASMSTORE_BRANCH]
    --author <author>       The author of commits: NAME or 'NAME <MAIL>'. [env:
                            WASMSTORE_AUTHOR]
    -v, --verbose           Print more on standard error; twice for details.
    --verbosity <level>     How much to print on standard error. (values: quiet,
                            error, warning, info, debug)
    -q, --quiet             Print only results and errors.
    --color <when>          When to use colour. [env: NO_COLOR, CLICOLOR_FORCE]
                            (values: auto, always, never; default: auto)
    --json                  Print results and errors as JSON.
    --no-pager              Never start a pager. [env: WASMSTORE_PAGER, PAGER]
    --progress              Show progress even without a terminal; with --json,
                            as lines of JSON.
    --no-progress           Never show progress.
    --no-input              Never ask a question, and never read from a terminal.
    --lock-timeout <secs>   How many seconds to wait for another process's lock.
                            (default: 60)

  OPTIONS:
    --short                 Print the shortest unique abbreviation.
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
