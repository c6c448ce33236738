# Compiles Swift to WebAssembly for the edge, in Embedded mode. Sourced.

source "${BASH_SOURCE[0]%/*}/toolchain.sh"

# What the compiler of C and of its bitcode is told: a pair of words is returned as such, rather than through memory.
edge_target=(--target=wasm32-unknown-none -mmultivalue -Xclang -target-abi -Xclang experimental-mv)

# Compiles Swift to bitcode. Each function of Swift takes two words more than it has parameters, for the sake of calls by
# address, and each call passes them on, unless it is said to follow the convention of C: that makes the program an eighth
# smaller. Nothing here is called from elsewhere but what is exported, and that follows it anyway.
swift_to_bitcode() { # FOLDER RESULT OPTION… FILE…
  local swift_bin=$1 result=$2
  shift 2
  "$swift_bin/swiftc" "$@" -emit-ir -o "$result.ll" && sed -i 's/\bswiftcc //' "$result.ll" &&
    "$swift_bin/clang" "${edge_target[@]}" -Wno-override-module -Xclang -disable-llvm-passes -emit-llvm \
      -c "$result.ll" -o "$result.bc"
}

# Builds NAME.wasm of a folder of entry points and the modules of Sources that it imports, in their order. Beside it come the
# glue in JavaScript, and the host. Nothing is done where the result is newer than all sources.
build_edge() { # ROOT ENTRIES NAME FOLDER MODULE…
  local root=$1 entries=$2 name=$3 folder=$4
  shift 4
  local objects=$folder/objects module sources=() swift_bin newest
  find_swift "$root" || return 1
  swift_bin=$(dirname -- "$(readlink -f -- "$(command -v swiftc)")")
  for module in "$@" EdgeWorker; do sources+=("$root/Sources/$module"); done
  sources+=("$root/$entries" "$root/scripts/lib/edge-host")
  newest=$(find "${sources[@]}" "$root/scripts/lib/edge.sh" "$root/scripts/build-edge" -newer "$folder/$name.wasm" \
    -print -quit 2>&1) || true
  [[ -e $folder/$name.wasm && -z $newest ]] && return 0
  mkdir -p "$objects" "$folder/host"
  # Functions are inlined only where that makes them smaller. An instance has one thread, and nothing of it is called while
  # it runs but to make room, so that no access to a variable is checked for another one at the same time.
  local options=(-target wasm32-unknown-none-wasm -enable-experimental-feature Embedded
    -enable-experimental-feature Extern -wmo -Osize -parse-as-library -swift-version 6 -package-name wasmstore
    -warnings-as-errors -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -enforce-exclusivity=unchecked -Xfrontend -disable-stack-protector
    -Xllvm -inline-threshold=-50 -I "$objects" -module-cache-path "$objects/cache")
  "$swift_bin/clang" "${edge_target[@]}" -Oz -ffreestanding -nostdlib -mbulk-memory -Wall -Werror \
    -c "$root/Sources/EdgeWorker/runtime.c" -o "$objects/runtime.o" || return 1
  local linked=("$objects/runtime.o")
  for module in "$@"; do
    swift_to_bitcode "$swift_bin" "$objects/$module" "${options[@]}" -module-name "$module" -emit-module \
      -emit-module-path "$objects/$module.swiftmodule" "$root/Sources/$module"/*.swift || return 1
    linked+=("$objects/$module.bc")
  done
  swift_to_bitcode "$swift_bin" "$objects/${entries##*/}" "${options[@]}" -module-name "${entries##*/}" \
    "$root/$entries"/*.swift || return 1
  # All modules are optimised as one.
  "$swift_bin/wasm-ld" --no-entry --gc-sections --strip-all -O2 --compress-relocations --fatal-warnings \
    -mllvm -inline-threshold=-50 -mllvm -target-abi=experimental-mv \
    "$objects/${entries##*/}.bc" "${linked[@]}" -o "$folder/$name.wasm.new" &&
    mv -f "$folder/$name.wasm.new" "$folder/$name.wasm" &&
    find "$root/$entries" -name '*.js' -exec cp -t "$folder" {} + && cp "$root"/scripts/lib/edge-host/*.mjs "$folder/host/"
}
