`kv-sync --assets` publishes a folder as a branch is published. No store is needed.

  $ export WASMSTORE_ROOT=$PWD/none
  $ wasmstore kv-server --port 0 --host 127.0.0.1 2> said & server=$!
  $ until grep -qs Listening said; do kill -0 $server || break; done
  $ site=$(sed 's/.* //' said)/site
  $ mkdir -p public/css public/.well-known public/node_modules/x; make-wasm public/app.wasm 64 1
  $ echo '<p>hello</p>' > public/index.html; echo 'p {}' > public/css/a.css; echo x > public/css/a.css.map
  $ echo secret > public/.env; echo contact > public/.well-known/security.txt; echo y > public/node_modules/x/y.js
  $ echo '*.map' > .gitignore; ln -s index.html public/home.html; ln -s /etc/hostname public/host
  $ find public -type f -exec touch -d @1700000000 {} +
  $ wasmstore kv-sync $site --assets public --dry-run
  upload	b/2b04d8a8730f18c5146ee107853d2bc220ae0ccd18a8e50b3a68d4003a2e7477	8	/.well-known/security.txt
  upload	b/516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	64	/app.wasm
  upload	b/c9dd3e1410d359b4af1337a6c895e88321fc3644500d7f94028b3a41e3f615a7	5	/css/a.css
  upload	b/ebd124fc4e4c92f8d1d08886925f12ece8727c21f05a54fd8a020cc8c86ab669	13	/home.html
  upload	s/214f915100477e7e846eca34c092ad40ed5b6661d01a4cc85ce1f64c7e99adf7	580
  upload	m/ac7e64a7bfac8772c2feb2574a52180032cf36ef0e1e4656a6f2e3aa0b27072d	64
  point	default/main	-	ac7e64a7bfac8772c2feb2574a52180032cf36ef0e1e4656a6f2e3aa0b27072d
  would upload 6, skip 1, remove 0; 5 requests
  $ wasmstore kv-sync $site --assets public
  point	default/main	-	ac7e64a7bfac8772c2feb2574a52180032cf36ef0e1e4656a6f2e3aa0b27072d
  revision 1
  $ wasmstore kv list $site
  2b04d8a8730f18c5146ee107853d2bc220ae0ccd18a8e50b3a68d4003a2e7477	/.well-known/security.txt	8	text/plain; charset=utf-8
  516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	/app.wasm	64	application/wasm
  c9dd3e1410d359b4af1337a6c895e88321fc3644500d7f94028b3a41e3f615a7	/css/a.css	5	text/css; charset=utf-8
  ebd124fc4e4c92f8d1d08886925f12ece8727c21f05a54fd8a020cc8c86ab669	/home.html	13	text/html; charset=utf-8
  ebd124fc4e4c92f8d1d08886925f12ece8727c21f05a54fd8a020cc8c86ab669	/index.html	13	text/html; charset=utf-8
  $ wasmstore kv list $site --json | head -2 | tail -1
  {"chunks":0,"hash":"2b04d8a8730f18c5146ee107853d2bc220ae0ccd18a8e50b3a68d4003a2e7477","modified":1700000000,"path":"/.well-known/security.txt","size":8,"type":"text/plain; charset=utf-8"},
  $ wasmstore kv get $site css/a.css
  p {}
  $ wasmstore kv-sync $site -a public --json
  {"bytes":0,"dry_run":false,"manifest":"ac7e64a7bfac8772c2feb2574a52180032cf36ef0e1e4656a6f2e3aa0b27072d","removed":0,"requests":1,"revision":null,"skipped":5,"uploaded":0}

A file that changed gets the time that it was written at.

  $ echo 'p { color: red }' > public/css/a.css; touch -d @1700000100 public/css/a.css; rm public/app.wasm
  $ wasmstore kv-sync $site -a public -v
  skipped /host: it is not a file
  upload	b/0686dee82617e73c471d87cb3d33ad58f4399e836c1d6cc2ba7c8b74f085ef82	17	/css/a.css
  upload	s/5a7e651d9fe709730664dac6981ab8892872b088e77c2c64f693ef78bd250638	476
  upload	m/ab3a91a72496f89d743720bda0c9fad995d9c3720ecd031ed60c658e8fa68e54	64
  remove	/app.wasm
  point	default/main	ac7e64a7bfac8772c2feb2574a52180032cf36ef0e1e4656a6f2e3aa0b27072d	ab3a91a72496f89d743720bda0c9fad995d9c3720ecd031ed60c658e8fa68e54
  revision 2
  $ wasmstore kv-sync $site -a public
  nothing changed
  $ ls ~/.cache/wasmstore/kv/manifests | wc -l
  4

What is published can be chosen further, and `.kvignore` goes before the other files.

  $ wasmstore kv-sync $site -a public --branch css --include '*.css' --exclude 'b*' | tail -1
  revision 1
  $ wasmstore kv list $site --branch css | cut -f 2
  /css/a.css
  $ printf '!*.map\n!.env\nhome.html\n' > public/.kvignore
  $ wasmstore kv-sync $site -a public --branch all | tail -1
  revision 1
  $ wasmstore kv list $site --branch all | cut -f 2
  /.env
  /.well-known/security.txt
  /css/a.css
  /css/a.css.map
  /index.html

What was rolled back from comes again only if that is meant.

  $ wasmstore kv-sync $site -a public | tail -1; wasmstore kv rollback $site | cut -f 1,2
  revision 3
  4	rollback
  $ wasmstore kv-sync $site -a public
  ERROR this version of default/main was published before and rolled back
  hint: --force publishes it anyway
  [4]
  $ wasmstore kv-sync $site -a public --force | tail -1
  revision 5
  $ mkdir empty; wasmstore kv-sync $site -a empty
  ERROR the branch has no files, but the published version has files
  hint: --allow-empty publishes it anyway
  [3]
  $ wasmstore kv-sync $site -a empty --allow-empty | tail -1
  revision 6

  $ wasmstore kv-sync $site -a none
  ERROR none is not a folder
  [1]
  $ wasmstore kv-sync $site --include '*.css'
  ERROR --include and --exclude require --assets
  [2]
  $ kill $server; wait $server
