# Compiles Swift to WebAssembly for the edge, in Embedded mode. Sourced.

source "${BASH_SOURCE[0]%/*}/toolchain.sh"

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
  mkdir -p "$objects"
  # A hash that the compiler keeps in each object depends on the folders, so it is left out: the same sources make the same
  # bytes. Functions are inlined only where that makes them smaller.
  local options=(-target wasm32-unknown-none-wasm -enable-experimental-feature Embedded
    -enable-experimental-feature Extern -wmo -Osize -parse-as-library -swift-version 6 -package-name wasmstore
    -warnings-as-errors -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -Xfrontend -disable-stack-protector
    -Xfrontend -disable-incremental-llvm-codegen -Xllvm -inline-call-penalty=0
    -I "$objects" -module-cache-path "$objects/cache")
  "$swift_bin/clang" --target=wasm32-unknown-none -Oz -ffreestanding -nostdlib -mbulk-memory -Wall -Werror \
    -c "$root/Sources/EdgeWorker/runtime.c" -o "$objects/runtime.o" || return 1
  local linked=("$objects/runtime.o")
  for module in "$@"; do
    "$swift_bin/swiftc" "${options[@]}" -module-name "$module" -emit-module \
      -emit-module-path "$objects/$module.swiftmodule" -c "$root/Sources/$module"/*.swift -o "$objects/$module.o" ||
      return 1
    linked+=("$objects/$module.o")
  done
  "$swift_bin/swiftc" "${options[@]}" -module-name "${entries##*/}" -c "$root/$entries"/*.swift \
    -o "$objects/${entries##*/}.o" || return 1
  "$swift_bin/wasm-ld" --no-entry --gc-sections --strip-all -O2 --compress-relocations \
    "$objects/${entries##*/}.o" "${linked[@]}" -o "$folder/$name.wasm.new" &&
    mv -f "$folder/$name.wasm.new" "$folder/$name.wasm" && cp "$root/$entries"/*.js "$folder/" &&
    mkdir -p "$folder/host" && cp "$root"/scripts/lib/edge-host/*.mjs "$folder/host/"
}
