# Says whether the built program still matches its sources. Sourced, by /bin/sh too; starts no process,
# because every call of scripts/wasmstore pays for it.

# Names the build that the environment asks for: sets `variant_folder`, `program` and `stamp`.
choose_variant() { # ROOT
  variant_folder=$1/.build
  if [ "${WASMSTORE_SHARED_LIBRARIES-}" = 1 ]; then variant_folder=$1/.build/shared; fi
  program=$variant_folder/wasmstore
  stamp=$variant_folder/wasmstore.stamp
}

# Succeeds when no source is as new as the last build. Folders are compared as well: adding, removing or
# renaming a file changes its folder's time. The stamp carries the time at which that build began, and
# sets `source_folders`; no search of the tree is needed.
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

# Writes the stamp of a build that begins now.
write_stamp() { # ROOT FILE
  (cd "$1" && printf "source_folders='%s'\n" "$(find Sources -type d)") >"$2"
}
