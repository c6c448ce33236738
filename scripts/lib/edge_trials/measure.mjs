// Measures what can be measured in one process: making an instance, and a compare-and-swap beside a bare transaction.
import { DatabaseSync } from "node:sqlite";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Objects } from "../edge-host/runtime.mjs";

const { bundle, data, rounds } = JSON.parse(process.argv[2]);
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const module = new WebAssembly.Module(readFileSync(bundle.replace("worker.js", "edge.wasm")));
const instantiation = median(Array.from({ length: 200 }, () =>
  timed(() => new WebAssembly.Instance(module, { storage: { execute() {} } }))));

const { BranchHead } = await import(pathToFileURL(bundle).href);
const heads = new Objects(BranchHead, `${data}/objects`, {}).getByName("heads");
const bare = new DatabaseSync(`${data}/bare.sqlite`);
bare.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE head (name TEXT PRIMARY KEY, revision INTEGER)");
bare.exec("CREATE TABLE log (revision INTEGER PRIMARY KEY, entry TEXT); INSERT INTO head VALUES ('main', 0)");
const move = bare.prepare("UPDATE head SET revision = revision + 1 WHERE name = 'main'");
const note = bare.prepare("INSERT INTO log (entry) VALUES (?)");
const swaps = [], transactions = [];
for (let round = 0; round < rounds; round++) {
  const body = JSON.stringify({ kind: "publish", expect: round, epoch: 0, id: round.toString(16).padStart(32, "0"),
    manifest: "1".repeat(64), commit: null, tree: null, by: "bench", barrier: false });
  const began = performance.now();
  const answer = await heads.fetch("https://heads/.wasmstore/v1/head/default/main", { method: "POST", body });
  if (answer.status !== 200) throw new Error(await answer.text());
  swaps.push(performance.now() - began);
  transactions.push(timed(() => {
    bare.exec("BEGIN IMMEDIATE");
    move.run();
    note.run(body);
    bare.exec("COMMIT");
  }));
}
console.log(JSON.stringify({ instantiation, swap: median(swaps), transaction: median(transactions) }));
