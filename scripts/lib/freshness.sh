# Checks whether the built program is newer than its sources. Sourced, by /bin/sh too; starts no process, because every
# call of scripts/wasmstore runs it.

# Selects the build according to the environment: sets `variant_folder`, `program` and `stamp`.
choose_variant() { # ROOT
  variant_folder=$1/.build
  if [ "${WASMSTORE_SHARED_LIBRARIES-}" = 1 ]; then variant_folder=$1/.build/shared; fi
  program=$variant_folder/wasmstore
  stamp=$variant_folder/wasmstore.stamp
}

# Succeeds if all sources are older than the last build. Folders are compared too, because adding, removing or renaming
# a file changes its folder's time. The time of the stamp is the start of that build, and its contents set
# `source_folders`, so that no search of the tree is needed.
is_fresh() { # ROOT
  source_folders=
  if [ -x "$program" ] && [ -e "$stamp" ]; then . "$stamp"; fi
  if [ -z "$source_folders" ]; then return 1; fi
  for path in "$1/Package.swift" "$1/scripts/build" "$1/Sources"; do
    [ "$stamp" -nt "$path" ] || return 1
  done
  for folder in $source_folders; do
    for path in "$1/$folder"/*; do
      [ "$stamp" -nt "$path" ] || [ ! -e "$path" ] || return 1
    done
  done
}

# Writes the stamp of a build that starts now.
write_stamp() { # ROOT FILE
  (cd "$1" && printf "source_folders='%s'\n" "$(find Sources -type d)") >"$2"
}
