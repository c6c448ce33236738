A conflict is told, and ends with 4.

  $ make-wasm a.wasm 64 1; make-wasm b.wasm 64 2; make-wasm c.wasm 64 3
  $ wasmstore add a.wasm m > /dev/null; wasmstore branch dev
  $ wasmstore add b.wasm m > /dev/null; wasmstore add c.wasm m --branch dev > /dev/null
  $ wasmstore merge dev | wc -c
  ERROR merge of dev into main: 1 conflict
  conflict	/m	base 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	main 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	dev f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  hint: use --ours, --theirs, or --pick /m=theirs
  0
  $ wasmstore merge dev > /dev/null
  ERROR merge of dev into main: 1 conflict
  conflict	/m	base 516f78ff6ed3871f47a78cd054c66aee5948ae37d48470fa5faf5f148dfa60bb	main 07734d19d71c4630aa69fc78dd00cbcec73911350530855d4a3f314b812f149a	dev f209ae4cf0cf4beab2cb2c30031b9d4c0af88917ed942be78c28cb4d0b16faff
  hint: use --ours, --theirs, or --pick /m=theirs
  [4]
