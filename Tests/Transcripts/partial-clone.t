A partial clone works as far as its objects go; one that is missing there is named as such.

  $ for n in 1 2; do make-wasm $n.wasm 64 $n; done
  $ for n in 1 2; do wasmstore add $n.wasm x > /dev/null; done; git -C ~/.wasmstore config uploadpack.allowFilter true
  $ git clone -q --bare --filter=blob:none file://$HOME/.wasmstore pa; export WASMSTORE_ROOT=pa
  $ wasmstore log --oneline
  79edca9f5ac4da551525f74b12c3bc229849ac36 Import /x
  b76c00260914ba48dc40061d380b8e9a8953c17f Import /x
  $ wasmstore find x
  ERROR object 3e717f4436afef4938e5cbc0b0251bc3b168407a is missing: this store is a partial clone
  hint: run git cat-file -e 3e717f4436afef4938e5cbc0b0251bc3b168407a in the store's folder to fetch it
  [1]
  $ wasmstore list --json
  {"error":{"code":"failed","hint":"run git cat-file -e 3e717f4436afef4938e5cbc0b0251bc3b168407a in the store's folder to fetch it","message":"object 3e717f4436afef4938e5cbc0b0251bc3b168407a is missing: this store is a partial clone"}}
  [1]
  $ git -C pa cat-file -e $(git -C pa rev-parse main:x); wasmstore find x | cmp - 2.wasm
  $ wasmstore list | cut -f2; wasmstore status | grep commits
  /x
  commits	2
  $ wasmstore add 1.wasm y | cut -c1-8; wasmstore list | cut -f2
  516f78ff
  /x
  /y

Objects that git replaces are shown as they are.

  $ git -C pa replace $(git -C pa rev-parse main~1) $(git -C pa rev-parse main); wasmstore log --oneline
  021576d97935d73c0dc780258f63f0353e6bf93e Import /y
  79edca9f5ac4da551525f74b12c3bc229849ac36 Import /x
  b76c00260914ba48dc40061d380b8e9a8953c17f Import /x
