Commits with an absurd date, without an author, or in another encoding are shown as far as they can be read.

  $ make-wasm a.wasm 64 1
  $ wasmstore add a.wasm x > /dev/null
  $ push() { git -C ~/.wasmstore update-ref refs/heads/main $(printf "tree $(git -C ~/.wasmstore rev-parse main^{tree})\nparent $(git -C ~/.wasmstore rev-parse main)\n$1\n" | git -C ~/.wasmstore hash-object -t commit -w --stdin --literally); }
  $ push 'author A <a@b> 99999999999999999999 +0000\ncommitter A <a@b> 99999999999999999999 +0000\n\nabsurd'
  $ push '\nnobody'
  $ push 'author M\374ller <a@b> 1767225600 +0000\ncommitter M\374ller <a@b> 1767225600 +0000\nencoding ISO-8859-1\n\nGr\374\337e'
  $ wasmstore audit | cut -f1,2
  Thu Jan  1 00:00:00 2026	Müller
  Thu Jan  1 00:00:00 1970	(unknown)
  Thu Jan  1 00:00:00 1970	A
  Thu Jan  1 00:00:00 2026	wasmstore
  $ wasmstore log --oneline --graph | cut -c44-
  Grüße
  nobody
  absurd
  Import /x
  $ wasmstore status | grep commits
  commits	4
  $ wasmstore list -l | cut -f4
  2026-01-01T00:00:00Z
  $ wasmstore versions x | wc -l
  1
  $ wasmstore branch dev --from main~2
  $ wasmstore restore main~1
  $ wasmstore undo
  $ wasmstore rollback
