A module is a regular file that begins with the magic number.

  $ make-wasm a.wasm 64 1; make-component c.wasm 128 1
  $ wasmstore add a.wasm > /dev/null; wasmstore add c.wasm > /dev/null
  $ git clone -q ~/.wasmstore clone 2>&1
  $ cd clone
  $ echo text > readme.txt; ln -s a.wasm link.wasm; cp a.wasm tool.wasm; chmod +x tool.wasm
  $ head -c 20 a.wasm > broken.wasm; : > empty.wasm
  $ git add . && git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),sub
  $ git commit -qm 'from plain git' && git push -q; cd ..

list shows modules; list -l shows the rest and what is invalid.

  $ wasmstore list | cut -f2
  /a.wasm
  /broken.wasm
  /c.wasm
  $ wasmstore list -l | cut -f2,3,5
  64	core	/a.wasm
  20	invalid	/broken.wasm
  128	component	/c.wasm
  0	file	/empty.wasm
  6	symlink	/link.wasm
  5	file	/readme.txt
  -	submodule	/sub
  64	executable	/tool.wasm
  $ wasmstore list -l --json | grep broken | sed 's/.*"problem":"\([^"]*\)".*/\1/'
  unexpected end-of-file

What is no module is never served as one.

  $ for path in readme.txt link.wasm tool.wasm sub empty.wasm; do wasmstore find $path; done
  ERROR /readme.txt is not a module but a file
  ERROR /link.wasm is not a module but a symlink
  ERROR /tool.wasm is not a module but an executable
  ERROR /sub is not a module but a submodule
  ERROR /empty.wasm is not a module but a file
  [1]
  $ for path in readme.txt link.wasm tool.wasm sub; do wasmstore contains $path; done
  false
  false
  false
  false
  $ wasmstore contains $(sha256sum < clone/readme.txt | cut -c1-64)
  false

Every command works beside it.

  $ wasmstore log --stat -n 1 | tail -9 | cut -f1,2
  from plain git

  added	/broken.wasm
  added	/empty.wasm
  added	/link.wasm
  added	/readme.txt
  added	/sub
  added	/tool.wasm
  
  $ wasmstore diff main~1 | cut -f1,2
  added	/broken.wasm
  added	/empty.wasm
  added	/link.wasm
  added	/readme.txt
  added	/sub
  added	/tool.wasm
  $ wasmstore versions readme.txt
  ERROR not found: /readme.txt on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ wasmstore add a.wasm new.wasm > /dev/null
  $ wasmstore remove readme.txt
  $ git -C ~/.wasmstore ls-tree -r --format='%(objectmode) %(path)' main
  100644 a.wasm
  100644 broken.wasm
  100644 c.wasm
  100644 empty.wasm
  120000 link.wasm
  100644 new.wasm
  160000 sub
  100755 tool.wasm
