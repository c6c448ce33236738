# Finds the requirements of a build: a Swift toolchain, the C libraries, and how to link. Sourced, after packages.sh.

readonly least_swift=6.2

# Puts a Swift toolchain of at least `least_swift` on PATH and sets `swift_version` to its version text; returns 1 with
# a message if there is none.
find_swift() {
  local version
  command -v swift >/dev/null || PATH=$PATH:/opt/swift/usr/bin
  if ! command -v swift >/dev/null; then
    echo "wasmstore: no Swift toolchain on PATH or in /opt/swift/usr/bin; Swift $least_swift or later" \
      "is needed (https://www.swift.org/install)" >&2
    return 1
  fi
  swift_version=$(swift --version 2>/dev/null </dev/null)
  version=${swift_version#*Swift version }
  version=${version%%[ -]*}
  if [[ ! $version =~ ^([0-9]+)\.([0-9]+) ]] ||
    ((BASH_REMATCH[1] * 1000 + BASH_REMATCH[2] < ${least_swift%.*} * 1000 + ${least_swift#*.})); then
    echo "wasmstore: Swift $least_swift or later is needed; $(command -v swift) is ${version:-unknown}" >&2
    return 1
  fi
  # SwiftPM keeps caches in the home folder; a job without a home folder gets one of its own.
  if [[ ! -w ${HOME:-/nonexistent} ]]; then export HOME=$1/.build/home && mkdir -p "$HOME"; fi
}

# Succeeds if the C compiler finds every header, and the linker every archive of the static build.
c_libraries_present() {
  local compiler=clang archive found
  command -v clang >/dev/null || compiler=cc
  printf '#include <%s>\n' git2.h zlib.h sqlite3.h libdeflate.h |
    "$compiler" -fsyntax-only -x c - 2>/dev/null || return 1
  printf '#include <toml++/toml.h>\n' | "$compiler" -fsyntax-only -std=c++17 -x c++ - 2>/dev/null || return 1
  [[ ${WASMSTORE_SHARED_LIBRARIES-} == 1 ]] && return 0
  for archive in git2 http_parser pcre2-8 mbedcrypto deflate z sqlite3; do
    found=$("$compiler" -print-file-name="lib$archive.a")
    [[ $found == */* ]] || return 1
  done
}

# Installs the C libraries that are missing.
require_c_libraries() {
  c_libraries_present && return 0
  local packages=(libgit2-dev zlib1g-dev libsqlite3-dev libdeflate-dev libtomlplusplus-dev)
  if [[ ${WASMSTORE_SHARED_LIBRARIES-} != 1 ]]; then
    packages+=(libpcre2-dev libhttp-parser-dev libmbedtls-dev)
  fi
  if ! install_packages "the build" "${packages[@]}"; then
    [[ ${WASMSTORE_SHARED_LIBRARIES-} == 1 ]] ||
      echo "wasmstore: without the static archives, set WASMSTORE_SHARED_LIBRARIES=1" >&2
    return 1
  fi
}

# Succeeds if this system can link and start a static, position-independent program (decisions/0011): a C library before
# glibc 2.36 does not support packed relocations, and such a program would crash at once.
links_static() { # FOLDER
  local compiler=clang probe=$1/links-static
  [[ ${WASMSTORE_SHARED_LIBRARIES-} == 1 ]] && return 1
  command -v clang >/dev/null || compiler=cc
  # Reading the pointer at run time requires its relocation.
  printf 'static const char *volatile text = "";\nint main(void) { return *text; }\n' |
    "$compiler" -x c - -fPIE -static-pie -fuse-ld=lld -Wl,-z,pack-relative-relocs -lstdc++ -lm -o "$probe" \
      2>/dev/null && "$probe" 2>/dev/null
  local code=$?
  rm -f "$probe"
  return $code
}

# Removes the output of the compiler and the package manager from a build folder.
remove_products() { # FOLDER
  rm -rf "$1"/{*-*-*,release,build.db,*.yaml,checkouts,repositories,workspace-state.json}
}
