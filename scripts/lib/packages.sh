# Installs and unpacks Debian packages. Sourced.

# Unpacks a package into a folder, for a program that must not run as a system service.
unpack_package() { # FOLDER PACKAGE
  local download
  download=$(mktemp -d) && chmod 755 "$download" && mkdir -p "$1" || return 1
  echo "wasmstore: unpacking $2" >&2
  (cd "$download" && { apt-get -q download "$2" || { apt-get -q update && apt-get -q download "$2"; }; }) >&2 &&
    dpkg-deb -x "$download"/"$2"_*.deb "$1"
  local code=$?
  rm -r "$download"
  return $code
}

# Installs packages through apt, as root or through sudo; returns 1 with a message if that is impossible.
install_packages() { # PURPOSE PACKAGE…
  local purpose=$1 command=(apt-get) log
  shift
  if ! command -v apt-get >/dev/null; then
    echo "wasmstore: $purpose needs what these Debian packages hold: $*" >&2
    echo "wasmstore: there is no apt-get here; install them in this system's own way" >&2
    return 1
  fi
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "wasmstore: $purpose needs packages, and there is no sudo; run as root: apt-get install $*" >&2
      return 1
    fi
    command=(sudo DEBIAN_FRONTEND=noninteractive apt-get)
    [[ -t 0 ]] || command=(sudo -n DEBIAN_FRONTEND=noninteractive apt-get)
  fi
  echo "wasmstore: installing $*" >&2
  log=$(mktemp)
  local options=(-q -y --no-install-recommends -o DPkg::Lock::Timeout=300)
  if DEBIAN_FRONTEND=noninteractive "${command[@]}" install "${options[@]}" "$@" >"$log" 2>&1 ||
    { DEBIAN_FRONTEND=noninteractive "${command[@]}" update -q >>"$log" 2>&1 &&
      DEBIAN_FRONTEND=noninteractive "${command[@]}" install "${options[@]}" "$@" >>"$log" 2>&1; }; then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  rm -f "$log"
  echo "wasmstore: could not install them; try: ${command[*]} install $*" >&2
  return 1
}
