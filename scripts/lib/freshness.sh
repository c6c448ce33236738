# Says whether the built program still matches its sources. Sourced; starts no process, because
# every call of scripts/wasmstore pays for it.

# Names the build that the environment asks for: sets `variant_folder`, `program` and `stamp`.
choose_variant() { # ROOT
  variant_folder=$1/.build
  if [[ ${WASMSTORE_SHARED_LIBRARIES-} == 1 ]]; then variant_folder=$1/.build/shared; fi
  program=$variant_folder/wasmstore
  stamp=$variant_folder/wasmstore.stamp
}

# Succeeds when no source is as new as the last build. Folders are compared as well: removing or
# renaming a file changes its folder's time. The stamp carries the time at which that build began.
is_fresh() { # ROOT
  [[ -x $program && -e $stamp ]] || return 1
  local path
  shopt -s globstar nullglob dotglob
  for path in "$1/Package.swift" "$1/scripts/build" "$1/Sources/"**; do
    [[ $stamp -nt $path ]] || return 1
  done
}
