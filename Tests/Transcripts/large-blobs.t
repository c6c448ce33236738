Plain git keeps modules of a megabyte whole.

  $ make-wasm big.wasm 1500000 1; cp big.wasm bigger.wasm
  $ printf 'X' | dd of=bigger.wasm bs=1 seek=1400000 conv=notrunc 2> /dev/null
  $ wasmstore add big.wasm > /dev/null; wasmstore add bigger.wasm > /dev/null
  $ git config --file ~/.wasmstore/config core.bigFileThreshold
  1m
  $ git -C ~/.wasmstore repack -adfq
  $ deltas() { git -C ~/.wasmstore verify-pack -v ~/.wasmstore/objects/pack/*.idx | awk '$2 == "blob" && NF > 5' | wc -l; }
  $ deltas
  0
  $ cmp <(wasmstore find big.wasm) big.wasm; cmp <(wasmstore find bigger.wasm) bigger.wasm

Foreign deltas are read too.

  $ git -C ~/.wasmstore -c core.bigFileThreshold=1g repack -adfq
  $ deltas
  1
  $ cmp <(wasmstore find big.wasm) big.wasm; cmp <(wasmstore find bigger.wasm) bigger.wasm
  $ wasmstore find $(sha256sum < big.wasm | cut -c1-64) | cmp - big.wasm

doctor names the pack, and gc makes the modules whole.

  $ wasmstore doctor | grep packs | sed 's/[0-9a-f]\{40\}/NAME/'
  note	packs	$HOME/.wasmstore/objects/pack/pack-NAME.pack has 1 large module as a delta, which needs more memory to read; wasmstore gc --keep-history stores them whole
  $ wasmstore gc --keep-history; deltas; wasmstore doctor | grep packs
  0
  0
  ok	packs	large modules are stored whole
  $ cmp <(wasmstore find big.wasm) big.wasm; cmp <(wasmstore find bigger.wasm) bigger.wasm
