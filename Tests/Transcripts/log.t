The commits of a branch, the newest first.

  $ for n in 1 2 3; do make-wasm $n.wasm 64 $n; done
  $ git init -q --bare -b main ~/.wasmstore
  $ wasmstore log
  ERROR no commits on main
  hint: wasmstore add makes the first commit
  [1]
  $ wasmstore add 1.wasm a --author Zoe > /dev/null
  $ wasmstore add 2.wasm dir/b -m 'A title
  > 
  > and a text' > /dev/null
  $ wasmstore tag v1
  $ wasmstore add 3.wasm a > /dev/null
  $ wasmstore log
  commit 1f61bc04f064c79bd7750935af20ab52e1b21207
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Import /a

  commit e9ec3faab74dcca2722edffe0f6b174a74dc1a56
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  A title

  and a text

  commit ce7ae53e48d404e6636b2d994f01ad4881896f02
  Author: Zoe
  Date: Thu Jan  1 00:00:00 2026

  Import /a
  

A line each; the oldest first; some of them.

  $ wasmstore log --oneline
  1f61bc04f064c79bd7750935af20ab52e1b21207 Import /a
  e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  $ wasmstore log --oneline --reverse
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  1f61bc04f064c79bd7750935af20ab52e1b21207 Import /a
  $ wasmstore log --oneline -n 1
  1f61bc04f064c79bd7750935af20ab52e1b21207 Import /a
  $ wasmstore log --oneline --max-count=1 --skip 1
  e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  $ wasmstore log --oneline -n 0

From another revision; of a path.

  $ wasmstore log v1 --oneline
  e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  $ wasmstore log main~2 --oneline
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  $ wasmstore log /a --oneline
  1f61bc04f064c79bd7750935af20ab52e1b21207 Import /a
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  $ wasmstore log dir --oneline
  e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  $ wasmstore log v1 a --oneline
  ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a

What each commit changed.

  $ wasmstore log --stat -n 2
  commit 1f61bc04f064c79bd7750935af20ab52e1b21207
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  Import /a

  updated	/a	516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb → f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff	0

  commit e9ec3faab74dcca2722edffe0f6b174a74dc1a56
  Author: wasmstore
  Date: Thu Jan  1 00:00:00 2026

  A title

  and a text

  added	/dir/b	07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a
  

As a graph.

  $ wasmstore branch dev --from main~1
  $ wasmstore add 1.wasm c --branch dev > /dev/null
  $ wasmstore merge dev
  $ wasmstore log --graph --oneline
  * 421ea14f2ba8aaced717d92d9c3ed47d08a328de Merge dev
  |\
  * | 1f61bc04f064c79bd7750935af20ab52e1b21207 Import /a
  | * 2b61ae7560c8065ba12c7af24ada8b7367ca59c0 Import /c
  |/
  * e9ec3faab74dcca2722edffe0f6b174a74dc1a56 A title
  * ce7ae53e48d404e6636b2d994f01ad4881896f02 Import /a
  $ wasmstore log --graph -n 2
  * commit 421ea14f2ba8aaced717d92d9c3ed47d08a328de
  |\  Author: wasmstore
  | | Date: Thu Jan  1 00:00:00 2026
  | |
  | | Merge dev
  | |
  * | commit 1f61bc04f064c79bd7750935af20ab52e1b21207
  | | Author: wasmstore
  | | Date: Thu Jan  1 00:00:00 2026
  | |
  | | Import /a
  | |

One JSON object a line.

  $ wasmstore log --json -n 2
  {"author":"wasmstore","date":1767225600,"hash":"421ea14f2ba8aaced717d92d9c3ed47d08a328de","mail":"wasmstore@localhost","message":"Merge dev","parents":["1f61bc04f064c79bd7750935af20ab52e1b21207","2b61ae7560c8065ba12c7af24ada8b7367ca59c0"],"refs":["main"],"time":"2026-01-01T00:00:00Z"}
  {"author":"wasmstore","date":1767225600,"hash":"1f61bc04f064c79bd7750935af20ab52e1b21207","mail":"wasmstore@localhost","message":"Import /a","parents":["e9ec3faab74dcca2722edffe0f6b174a74dc1a56"],"refs":[],"time":"2026-01-01T00:00:00Z"}
  $ wasmstore log --json --stat -n 1 v1
  {"author":"wasmstore","changes":[{"action":"added","new":"07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a","new_size":64,"old":null,"old_size":null,"path":"/dir/b"}],"date":1767225600,"hash":"e9ec3faab74dcca2722edffe0f6b174a74dc1a56","mail":"wasmstore@localhost","message":"A title\n\nand a text","parents":["ce7ae53e48d404e6636b2d994f01ad4881896f02"],"refs":["tag: v1"],"time":"2026-01-01T00:00:00Z"}

On a terminal short ids, names of branches and tags, colour, and a pager.

  $ terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r' | sed 's/\x1b/ESC/g'; return ${PIPESTATUS[0]}; }
  $ TERM=xterm terminal 'wasmstore log v1 --oneline --no-pager'
  ESC[33me9ec3faESC[0m (tag: v1) A title
  ESC[33mce7ae53ESC[0m Import /a
  $ terminal 'wasmstore log v1 --oneline --no-pager'
  e9ec3fa (tag: v1) A title
  ce7ae53 Import /a
  $ WASMSTORE_PAGER='sed s/^/page:/' terminal 'wasmstore log v1 --oneline'
  page:e9ec3fa (tag: v1) A title
  page:ce7ae53 Import /a
  $ WASMSTORE_PAGER=false PAGER=false terminal 'wasmstore log v1 --oneline --pager "sed s/^/mine:/"'
  mine:e9ec3fa (tag: v1) A title
  mine:ce7ae53 Import /a
  $ PAGER=false terminal 'wasmstore log v1 --oneline --plain'
  e9ec3fa (tag: v1) A title
  ce7ae53 Import /a

No pager without a terminal, whatever is asked.

  $ wasmstore log --pager 'sed s/^/page:/' -n 1 --oneline
  421ea14f2ba8aaced717d92d9c3ed47d08a328de Merge dev

  $ wasmstore log nope
  ERROR unknown revision: nope
  [1]
  $ wasmstore log v1 main
  ERROR unexpected argument 'main'
  [2]
  $ wasmstore log --graph --reverse
  ERROR --graph cannot be used with --reverse, --author, --since, --until or a PATH
  [2]
  $ wasmstore log --graph /a
  ERROR --graph cannot be used with --reverse, --author, --since, --until or a PATH
  [2]
  $ wasmstore log --skip -1
  ERROR --skip must be a number from 0, not '-1'
  hint: usage: wasmstore log [REV | A..B] [PATH] [-n COUNT] [--skip N]
                             [--author TEXT] [--since DATE] [--until DATE]
                             [--first-parent] [--reverse] [--oneline] [--graph]
                             [--stat] [--plain] [--pager PROG]
  [2]
  $ wasmstore log --branch nope
  ERROR no branch nope
  hint: wasmstore branch lists the branches
  [1]

What a commit says does not command the terminal.

  $ tree=$(git -C ~/.wasmstore rev-parse main^{tree})
  $ git -C ~/.wasmstore branch odd $(printf 'tree %s\nauthor A\033[31mB <a@b> 5 +0000\ncommitter A <a@b> 5 +0000\n\nx\033]0;y\007\ttab\302\233z\r\n\nbody\n' $tree | git -C ~/.wasmstore hash-object -t commit -w --stdin --literally)
  $ terminal 'wasmstore log odd --plain' | tail -n +2
  Author: A\u{1B}[31mB
  Date: Thu Jan  1 00:00:05 1970

  x\u{1B}]0;y\u{07}	tab\u{009B}z\r

  body
  
  $ terminal 'wasmstore audit --branch odd' | cut -f1,2
  Thu Jan  1 00:00:05 1970  A\u{1B}[31mB  f3d3a1b
  $ wasmstore log odd --oneline | od -c | grep -c 033
  1
  $ wasmstore log odd --json | grep -o '"message":"[^"]*"'
  "message":"x\u001b]0;y\u0007\ttab\u009bz\r\n\nbody\n"

A reader that has enough ends it quietly.

  $ wasmstore log | head -1
  commit 421ea14f2ba8aaced717d92d9c3ed47d08a328de
  $ mkfifo closed
  $ (trap '' PIPE; read -r _ < closed; wasmstore log --json; echo "status $?" >&2) | { exec <&-; echo > closed; }
  status 141

What one revision has and another has not, as git has it.

  $ wasmstore branch side --from v1; wasmstore --branch side add 2.wasm e > /dev/null; wasmstore merge side
  $ wasmstore --branch side add 3.wasm f > /dev/null
  $ same() { wasmstore log --oneline "$@" | cut -d' ' -f1 | sort | diff - <(git -C ~/.wasmstore rev-list "$@" | sort); }
  $ for range in v1..main main..side side..main v1.. ..side main..main v1..side main~1..main; do same $range; done
  $ wasmstore log v1..side --oneline | wc -l
  2
  $ same --first-parent v1..main
  $ wasmstore log v1..main --first-parent --oneline | wc -l
  3
  $ wasmstore log v1..main --graph --oneline | wc -l
  9
  $ wasmstore log v1..side /f --oneline | wc -l
  1
  $ wasmstore log nothere..main
  ERROR unknown revision: nothere
  [1]
  $ wasmstore log v1..main v1
  ERROR unexpected argument 'v1'
  [2]
