// Asks a bundle again and again without a network, for hits, tags, ranges, digests and misses, each by a head that is new.
import { pathToFileURL } from "node:url";
import { KnownLengthStream, LocationCache } from "../edge-host/runtime.mjs";
const settings = JSON.parse(process.argv[2]);
Object.defineProperty(globalThis, "caches", { value: { default: new LocationCache() } });
globalThis.FixedLengthStream = KnownLengthStream;
const { Instance } = WebAssembly;
const memories = [];
WebAssembly.Instance = class {
  constructor(...parts) {
    const { exports } = new Instance(...parts);
    memories.push(exports.memory);
    return { exports };
  }
};
const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
// The example of Documentation/kv.md: index.html, which is "hello" and a line's end.
const shard = bytes("57534d53010000000100000022000000000000000000000000000000000000000eb547304658805aad788d320f10bf1f" +
  "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03060000000000000000670b6000000000" +
  "700000007a0000000a00180000000000696e6465782e68746d6c746578742f68746d6c3b20636861727365743d7574662d38");
const digests = { root: "10dd27b5def7c6702cd1b4ef0c1d5775c1a4db05522443b1b68b5b2bc50537ec",
  shard: "488f2a6cfc18e43c004611eb16eedbdaccbec2c03c42cfa066d6ec1732832f75",
  content: "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03" };
const root = new Uint8Array(64);
root.set(bytes("57534d52010000000100000000000001"));
root.set(bytes(digests.shard), 32);
const values = { [`m/${digests.root}`]: root, [`s/${digests.shard}`]: shard,
  [`b/${digests.content}`]: new TextEncoder().encode("hello\n") };
let revision = 1;
const stream = (value) => new ReadableStream({ start(controller) { controller.enqueue(value); controller.close(); } });
const value = (key, type) => !values[key] ? null : type === "stream" ? stream(values[key]) : values[key].slice().buffer;
const env = {
  HEAD_CACHE_SECONDS: "0",
  KV: {
    get: async (key, { type }) => value(key, type),
    getWithMetadata: async (key, { type }) => ({ value: value(key, type), metadata: { t: 1, s: 6, ct: "text/html", n: 0 } }),
    list: async ({ prefix }) => ({ keys: values[prefix] ? [{ name: prefix, metadata: { s: 6, ct: "text/html" } }] : [] }),
  },
  HEADS: { idFromName: () => "heads", get: () => ({ fetch: async () => Response.json({ entries: [{
    at: 1, barrier: false, manifest: digests.root, revision: ++revision }], epoch: 0, floor: 0, now: 2, prune_until: 0 }) }) },
};
const { default: worker } = await import(pathToFileURL(settings.bundle).href);
const kinds = [["/"], ["/index.html", "GET", { range: "bytes=1-2" }], ["/none"], ["/index.html", "HEAD"],
  [`/.wasmstore/v1/by-digest/${digests.content}`], ["/", "GET", { "if-none-match": `"${digests.content}"` }],
  ["/", "GET", { range: "bytes=0-0,2-2" }], [`/.wasmstore/v1/by-digest/${"0".repeat(64)}`]];
const wanted = [200, 206, 404, 200, 200, 304, 206, 404];
const began = Date.now();
let early;
for (let count = 0; count < settings.requests; count++) {
  const [path, method = "GET", headers = {}] = kinds[count % kinds.length];
  const request = new Request(`https://site.example${path}`, { method, headers });
  const response = await worker.fetch(request, env, { waitUntil: (promise) => promise });
  await response.arrayBuffer();
  if (response.status !== wanted[count % kinds.length]) throw new Error(`${path}: ${response.status}`);
  if (count === 2000) early = memories[0].buffer.byteLength;
}
const late = memories[0].buffer.byteLength;
if (memories.length !== 1 || late !== early) throw new Error(`${memories.length} instances, ${early} to ${late} bytes`);
console.log(`${settings.requests} requests, ${late} bytes of memory, ` +
  `${Math.round((Date.now() - began) * 1000 / settings.requests)} microseconds each`);
