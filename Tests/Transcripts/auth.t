Keys of a server. The file has no secret, only its SHA-256.

  $ wasmstore auth add ci --role write --path plugins --branch 'release/*' --expires 2027-01-01 --auth-file keys > new
  $ cat new
  wsk_[0-9a-f]{64} (re)
  $ cat keys
  \{"sha256":"[0-9a-f]{64}","name":"ci","methods":\["DELETE","GET","HEAD","POST"\],"path":"/plugins","branch":"release/\*","expires":"2027-01-01T00:00:00Z","created":"2026-01-01T00:00:00Z"\} (re)
  $ tr -d '\n' < new | sha256sum | cut -c1-64 | grep -qFf - keys && echo same
  same
  $ stat -c %a keys
  600
  $ ls -A
  keys
  new
  $ wasmstore auth add 'Zoe <zoe@example.org>' --auth-file keys | sed -E 's/[0-9a-f]{64}/…/'
  wsk_…
  $ wasmstore auth add root --role admin --auth-file keys --json | sed -E 's/[0-9a-f]{64}/…/'
  {"branch":null,"date":1767225600,"dry_run":false,"expires_date":null,"expires_time":null,"key":"wsk_…","methods":["*"],"name":"root","path":null,"time":"2026-01-01T00:00:00Z"}
  $ wasmstore auth add odd --methods GET,PUT --auth-file keys -v 2>&1 >/dev/null
  added key odd to keys; the key cannot be shown again
  $ wasmstore auth list --auth-file keys
  ci	DELETE,GET,HEAD,POST	/plugins	release/*	2027-01-01T00:00:00Z
  Zoe <zoe@example.org>	GET,HEAD	/	*	never
  root	*	/	*	never
  odd	GET,PUT	/	*	never
  $ wasmstore auth list --auth-file keys --json
  [
  {"branch":"release/*","date":1767225600,"expired":false,"expires_date":1798761600,"expires_time":"2027-01-01T00:00:00Z","methods":["DELETE","GET","HEAD","POST"],"name":"ci","path":"/plugins","time":"2026-01-01T00:00:00Z"},
  {"branch":null,"date":1767225600,"expired":false,"expires_date":null,"expires_time":null,"methods":["GET","HEAD"],"name":"Zoe <zoe@example.org>","path":null,"time":"2026-01-01T00:00:00Z"},
  {"branch":null,"date":1767225600,"expired":false,"expires_date":null,"expires_time":null,"methods":["*"],"name":"root","path":null,"time":"2026-01-01T00:00:00Z"},
  {"branch":null,"date":1767225600,"expired":false,"expires_date":null,"expires_time":null,"methods":["GET","PUT"],"name":"odd","path":null,"time":"2026-01-01T00:00:00Z"}
  ]
  $ script -qc 'wasmstore auth list --auth-file keys' /dev/null | tr -d '\r'
  NAME                   METHODS               PATH      BRANCH     EXPIRES
  ci                     DELETE,GET,HEAD,POST  /plugins  release/*  2027-01-01 00:00
  Zoe <zoe@example.org>  GET,HEAD              /         *          never
  root                   *                     /         *          never
  odd                    GET,PUT               /         *          never
  $ SOURCE_DATE_EPOCH=1800000000 wasmstore auth list --auth-file keys --json | head -2 | grep -o '"expired":true'
  "expired":true

  $ wasmstore auth remove ci --auth-file keys --dry-run
  would remove key ci
  $ wasmstore auth remove ci --auth-file keys
  $ wasmstore auth remove ci --auth-file keys
  ERROR no key ci in keys
  hint: wasmstore auth list shows the keys
  [1]
  $ wasmstore auth remove ci --auth-file keys --dry-run
  ERROR no key ci in keys
  hint: wasmstore auth list shows the keys
  [1]
  $ wasmstore auth remove odd --auth-file keys -v
  removed key odd
  $ wasmstore auth remove root --auth-file keys --json
  {"dry_run":false,"name":"root"}
  $ wasmstore auth list --auth-file keys
  Zoe <zoe@example.org>	GET,HEAD	/	*	never

A dry run makes no key.

  $ wasmstore auth add ci --auth-file keys --dry-run
  would add key ci
  $ wasmstore auth add 'Zoe <zoe@example.org>' --auth-file keys --dry-run
  ERROR key Zoe <zoe@example.org> already exists in keys
  hint: wasmstore auth list shows the keys
  [1]
  $ wasmstore auth add ci --auth-file none --dry-run
  would add key ci
  $ wasmstore auth list --auth-file none
  ERROR there is no file of keys at none
  hint: wasmstore auth add makes one
  [1]
  $ wasmstore auth add ci --auth-file none/keys
  ERROR cannot open none: No such file or directory
  [1]

What is no key is not passed over: it may be a limit that is not understood.

  $ cp keys odd
  $ echo '{"until":1}' >> odd
  $ wasmstore auth list --auth-file odd
  ERROR odd:2: not a valid key: the member until is unknown
  [1]
  $ wasmstore auth add ci --auth-file odd
  ERROR odd:2: not a valid key: the member until is unknown
  [1]

A setting names the file.

  $ wasmstore auth list
  ERROR no store at $HOME/.wasmstore
  hint: wasmstore add makes one; --root or WASMSTORE_ROOT selects another store
  [10]
  $ make-wasm a.wasm
  $ wasmstore add a.wasm > /dev/null
  $ wasmstore auth list
  ERROR the file of keys is not known
  hint: give --auth-file FILE, or set server.authFile with wasmstore config
  [2]
  $ wasmstore config set server.authFile keys
  ERROR invalid value 'keys' for wasmstore.server.authfile: it is not an absolute path
  [1]
  $ wasmstore config set server.authFile "$PWD/keys"
  $ wasmstore auth list
  Zoe <zoe@example.org>	GET,HEAD	/	*	never
  $ wasmstore auth add dev --branch 'dev/*' | sed -E 's/[0-9a-f]{64}/…/'
  wsk_…
  $ wasmstore auth list
  Zoe <zoe@example.org>	GET,HEAD	/	*	never
  dev	GET,HEAD	/	dev/*	never

Another process that changes the file is waited for.

  $ flock . wasmstore auth add late --auth-file keys --lock-timeout 0
  ERROR keys is being changed by another process; waited 0 s
  hint: --lock-timeout SECS waits longer
  [11]

Mistakes.

  $ wasmstore auth
  ERROR missing expected argument '<action>'
  hint: usage: wasmstore auth add NAME [--role ROLE | --methods LIST]
                              [--path PREFIX] [--branch PATTERN] [--expires DATE]
                              [--auth-file FILE] [--dry-run]
               wasmstore auth list [--auth-file FILE]
               wasmstore auth remove NAME [--auth-file FILE] [--dry-run]
  [2]
  $ wasmstore auth add --auth-file keys
  ERROR auth add requires a NAME
  [2]
  $ wasmstore auth list ci --auth-file keys
  ERROR auth list takes no NAME
  [2]
  $ wasmstore auth list --role read --auth-file keys
  ERROR --role, --methods, --path, --branch and --expires can be used only with auth add
  [2]
  $ wasmstore auth remove ci --branch main --auth-file keys
  ERROR --role, --methods, --path, --branch and --expires can be used only with auth add
  [2]
  $ wasmstore auth list --dry-run --auth-file keys
  ERROR --dry-run can be used only with auth add and auth remove
  [2]
  $ wasmstore auth add x --role read --methods GET --auth-file keys
  ERROR --role and --methods cannot be used together
  [2]
  $ wasmstore auth add x --role owner --auth-file keys
  ERROR --role must be read, write or admin, not 'owner'
  hint: usage: wasmstore auth add NAME [--role ROLE | --methods LIST]
                              [--path PREFIX] [--branch PATTERN] [--expires DATE]
                              [--auth-file FILE] [--dry-run]
               wasmstore auth list [--auth-file FILE]
               wasmstore auth remove NAME [--auth-file FILE] [--dry-run]
  [2]
  $ wasmstore auth add x --methods get --auth-file keys
  ERROR --methods must be methods in upper case, separated by commas, or *, not 'get'
  hint: usage: wasmstore auth add NAME [--role ROLE | --methods LIST]
                              [--path PREFIX] [--branch PATTERN] [--expires DATE]
                              [--auth-file FILE] [--dry-run]
               wasmstore auth list [--auth-file FILE]
               wasmstore auth remove NAME [--auth-file FILE] [--dry-run]
  [2]
  $ wasmstore auth add x --path ../a --auth-file keys
  ERROR invalid path ../a: ".." is not allowed
  [1]
  $ wasmstore auth add '<x>' --auth-file keys
  ERROR invalid name '<x>': it does not have the form NAME or NAME <MAIL>
  [2]
  $ wasmstore auth add x --expires yesterday --auth-file keys
  ERROR --expires must be a time in the future
  [2]
