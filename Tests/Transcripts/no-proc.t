Without /proc the program does not know its arguments. It says so, instead of doing as if there were none.
#requires: root tmpfs

  $ unshare -m sh -c 'mount -t tmpfs none /proc && exec "$0" "$@"' wasmstore add a.wasm
  ERROR cannot read the arguments of this process from /proc/self/maps
  hint: mount /proc
  [1]
