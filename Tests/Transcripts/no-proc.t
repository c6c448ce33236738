The program learns its arguments from /proc/self/maps. Where that file has nothing, it says so, instead of doing as if there were
no arguments.
#requires: root tmpfs

  $ unshare -m sh -c 'mount --bind /dev/null /proc/$$/maps && exec "$0" "$@"' wasmstore add a.wasm
  ERROR cannot read the arguments of this process from /proc/self/maps
  hint: mount /proc
  [1]
