Rolling a path back again goes further back; any other change of it begins anew.

  $ for n in 1 2 3 4; do make-wasm $n.wasm 64 $n; done
  $ show() { for n in 1 2 3 4; do cmp -s <(wasmstore find $1 2>/dev/null) $n.wasm && echo "module $n"; done; wasmstore contains $1 | grep -v true; }
  $ for n in 1 2 3; do wasmstore add $n.wasm a > /dev/null; done
  $ wasmstore add 4.wasm other > /dev/null
  $ wasmstore rollback a; show a
  module 2
  [1]
  $ wasmstore rollback a; show a
  module 1
  [1]
  $ wasmstore add 4.wasm a > /dev/null
  $ wasmstore rollback a; show a
  module 1
  [1]
  $ wasmstore rollback a; show a
  false
  $ wasmstore rollback a
  ERROR not found: /a on main
  hint: wasmstore list shows the modules of the branch
  [1]
  $ show other
  module 4
  [1]

The commit says where it went.

  $ wasmstore add 1.wasm b > /dev/null; wasmstore add 2.wasm b > /dev/null
  $ wasmstore rollback b
  $ wasmstore log -n 1 | sed 's/[0-9a-f]\{40\}/ID/'
  commit ID
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Rollback /b

  Wasmstore-Rollback-To: ID
  
  $ wasmstore rollback b --steps 2
  ERROR cannot roll back /b: there is only 1 earlier version
  [1]

A rollback of everything takes the first parent's tree, and is a stack too.

  $ for n in 1 2 3; do wasmstore --root s add $n.wasm m > /dev/null; done
  $ export WASMSTORE_ROOT=s
  $ wasmstore rollback; show m
  module 2
  [1]
  $ wasmstore rollback; show m
  module 1
  [1]
  $ wasmstore rollback
  ERROR cannot roll back main: there is no earlier version
  [1]
  $ show m
  module 1
  [1]
  $ wasmstore log --oneline | wc -l
  5
