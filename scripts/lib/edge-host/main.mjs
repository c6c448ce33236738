// Runs a bundle of a Worker on this machine. Started by scripts/edge-host, with the settings as JSON on the command line;
// prints `Listening on http://HOST:PORT`.
import http from "node:http";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { Fault, KnownLengthStream, LocationCache, Namespace, Objects, RemoteHeads } from "./runtime.mjs";

const settings = JSON.parse(process.argv[2]);
Object.defineProperty(globalThis, "caches", { value: { default: new LocationCache() } });
globalThis.FixedLengthStream = KnownLengthStream;
if (settings.trapAt) {
  // Every so many calls of an export the instance traps, as it does where memory runs out.
  const { Instance, RuntimeError } = WebAssembly;
  let calls = 0;
  WebAssembly.Instance = class {
    constructor(...parts) {
      const { exports } = new Instance(...parts);
      const trapping = (call) => (...words) => {
        if (++calls % settings.trapAt === 0) throw new RuntimeError("unreachable");
        return call(...words);
      };
      const { begin, resume } = exports;
      this.exports = { ...exports, begin: trapping(begin), resume: trapping(resume) };
    }
  };
}

const bundle = await import(pathToFileURL(settings.bundle).href);
const { CLOUDFLARE_API_TOKEN, WASMSTORE_HEAD_TOKEN } = process.env;
settings.token ??= CLOUDFLARE_API_TOKEN;
const env = { ...(WASMSTORE_HEAD_TOKEN && { WASMSTORE_HEAD_TOKEN }), ...settings.variables };
if (settings.namespaces) env.KV = new Namespace(settings.namespaces, settings.namespace, settings);
/** Lets the storage of objects fail once, after some calls, as a test asks. */
const fault = { left: 0, kind: "" };
function failing() {
  if (fault.left === 0 || --fault.left > 0) return;
  if (fault.kind === "crash") process.kill(process.pid, "SIGKILL");
  throw new Fault(fault.kind);
}

const objects = {};
for (const [binding, name] of Object.entries(settings.objects ?? {})) {
  objects[binding] = env[binding] = new Objects(bundle[name], `${settings.data}/${name}`, env, settings.control ? failing : undefined);
}
if (settings.heads) env.HEADS = new RemoteHeads(settings.heads, settings.token);

/** What is going on for a request that was answered already. */
const context = {
  waitUntil(promise) {
    promise.catch((error) => console.error(error));
  },
};

async function answer(incoming, outgoing) {
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const body = incoming.method === "GET" || incoming.method === "HEAD" ? undefined : Readable.toWeb(incoming);
  const request = new Request(url, { method: incoming.method, headers: incoming.headers, body, duplex: "half" });
  const response = await bundle.default.fetch(request, env, context);
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (!response.body) return outgoing.end();
  outgoing.on("close", () => stream.destroy());
  const stream = Readable.fromWeb(response.body);
  stream.on("error", () => outgoing.destroy());
  stream.pipe(outgoing);
}

const server = http.createServer((incoming, outgoing) => {
  if (settings.control && incoming.url.startsWith(`/${settings.control}/`)) return control(incoming, outgoing);
  answer(incoming, outgoing).catch((error) => {
    console.error(error);
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  });
});

/** Lets a test do what happens to objects by themselves. */
function control(incoming, outgoing) {
  const [, , word, binding, name] = incoming.url.split("/").map(decodeURIComponent);
  if (word === "evict") objects[binding]?.evict(name);
  if (word === "fault") Object.assign(fault, { left: Number(binding), kind: name });
  outgoing.end(word === "memory" ? String(process.memoryUsage().rss) : "");
}

server.keepAliveTimeout = 60_000;
server.listen(settings.port ?? 0, "127.0.0.1");
await once(server, "listening");
console.log(`Listening on http://127.0.0.1:${server.address().port}`);
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
