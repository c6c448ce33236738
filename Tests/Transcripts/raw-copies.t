Raw copies lie at modules/aa/HASH; a changed one is not trusted.

  $ make-wasm a.wasm 5000 1
  $ wasmstore add a.wasm > /dev/null
  $ ls ~/.wasmstore/modules 2>&1
  ls: cannot access '$HOME/.wasmstore/modules': No such file or directory
  [2]
  $ file=$(wasmstore filename a.wasm); echo ${file#$HOME/} | sed 's/[0-9a-f]\{60\}$/REST/'
  .wasmstore/modules/c7/c7b0REST
  $ chmod u+w $file; echo more >> $file
  $ cmp $(wasmstore filename a.wasm) a.wasm
  $ chmod u+w $file; printf 'X' | dd of=$file bs=1 seek=4000 conv=notrunc 2> /dev/null
  $ cmp $(wasmstore filename a.wasm) a.wasm
  $ rm -r ~/.wasmstore/modules
  $ cmp $(wasmstore filename a.wasm) a.wasm
