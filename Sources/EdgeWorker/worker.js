// The Worker and its Durable Object. Both are written in Swift, in edge.wasm and heads.wasm; this file is their host.
import { DurableObject } from "cloudflare:workers";
import serving from "./edge.wasm";
import keeping from "./heads.wasm";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothing = new Uint8Array();

/** An instance of a program. Once it has failed, its memory counts for nothing, and it is not used again. */
class Instance {
  isBroken = false;

  /** The statements that were run, by their addresses: they are literals, which never change. */
  #statements = new Map();

  constructor(program, run) {
    const execute = (address, count, values, valuesCount) => {
      if (!this.#statements.has(address)) this.#statements.set(address, decoder.decode(this.#bytes(address, count)));
      this.#give(run(this.#statements.get(address), decoder.decode(this.#bytes(values, valuesCount))));
    };
    this.exports = new WebAssembly.Instance(program, { storage: { execute } }).exports;
  }

  /** Gives bytes, calls what is to be done with them, and takes those of the answer, which are valid until the next call. */
  run(name, bytes, ...words) {
    try {
      this.#give(bytes);
      const count = this.exports[name](...words);
      return this.#bytes(this.exports.output(), count);
    } catch (error) {
      this.isBroken = true;
      throw error;
    }
  }

  #give(bytes) {
    const address = this.exports.input(bytes.length);
    new Uint8Array(this.exports.memory.buffer, address, bytes.length).set(bytes);
  }

  #bytes(address, count) {
    return new Uint8Array(this.exports.memory.buffer, address, count);
  }

  /** The same, of an answer that is JSON. */
  call(name, bytes, ...words) {
    return JSON.parse(decoder.decode(this.run(name, bytes, ...words)));
  }
}

/** The present moment, in milliseconds since 1970. */
const now = () => BigInt(Date.now());

/** The one object that keeps all heads of the deployment. */
const heads = (env) => env.HEADS.get(env.HEADS.idFromName("heads"));

/** The instance that answers all requests here. */
let shared;

function instance(env) {
  if (!shared || shared.isBroken) {
    shared = new Instance(serving);
    const variables = Object.entries({ ...env, HEADS: "HEADS" in env ? "bound" : "" });
    const texts = variables.filter(([, value]) => typeof value === "string").map(([name, value]) => `${name}:${value}\0`);
    shared.run("configure", encoder.encode(texts.join("")));
  }
  return shared;
}

/** What Swift may ask for. Undefined means that there is nothing; a failure is thrown. */
const steps = {
  async head({ path }, { env }) {
    const answer = await heads(env).fetch(`https://heads${path}`, { signal: AbortSignal.timeout(5000) });
    if (answer.status !== 200) throw new Error(`the head answers ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  },

  async match({ url }) {
    const found = await caches.default.match(url);
    return found && new Uint8Array(await found.arrayBuffer());
  },

  async get({ key, seconds }, { env }) {
    const value = await env.KV.get(key, { type: "arrayBuffer", cacheTtl: seconds });
    return value ? new Uint8Array(value) : undefined;
  },

  async describe({ key, seconds }, { env, opened }) {
    const { value, metadata } = await env.KV.getWithMetadata(key, { type: "stream", cacheTtl: seconds });
    if (value === null) return undefined;
    opened.set(key, value);
    return encoder.encode(JSON.stringify(metadata));
  },

  async list({ key }, { env }) {
    const { keys } = await env.KV.list({ prefix: key, limit: 1 });
    return keys.length ? encoder.encode(JSON.stringify(keys[0].metadata ?? null)) : undefined;
  },
};

/** The header fields that Swift reads. Others are not passed, because that would take longer than the answer. */
const fieldNames = ["authorization", "if-match", "if-modified-since", "if-none-match", "if-range", "origin", "range"];

async function answer(program, request, env, context) {
  let text = `${request.method} ${request.url}\n`;
  for (const name of fieldNames) {
    const value = request.headers.get(name);
    if (value !== null) text += `${name}:${value}\n`;
  }
  const exchange = { env, opened: new Map() };
  let missing = "missing:";
  let step = program.call("begin", encoder.encode(text), now());
  for (;;) {
    if (step.keep) {
      const kept = new Response(step.keep.text, { headers: { "cache-control": "max-age=86400" } });
      context.waitUntil(caches.default.put(step.keep.url, kept).catch(() => {}));
    }
    if (step.do === "respond") {
      if (!step.parts || (await open(step, exchange))) return respond(step, exchange, context);
      if (program.isBroken) throw new Error("the instance failed");
      missing += `${step.content} `;
      step = program.call("begin", encoder.encode(`${text}${missing}\n`), now());
      continue;
    }
    let outcome = 2, bytes = nothing;
    try {
      if (step.do === "forward") return await heads(env).fetch(request);
      const found = await steps[step.do](step, exchange);
      outcome = found ? 1 : 0;
      bytes = found ?? nothing;
    } catch (error) {
      console.error(`${step.do} ${step.key ?? ""}: ${error}`);
    }
    if (program.isBroken) throw new Error("the instance failed");
    step = program.call("resume", bytes, BigInt(step.exchange), outcome, now());
  }
}

/** Opens the first value of a body. False if it cannot be read. */
async function open({ parts, small }, { env, opened }) {
  const { key } = parts.find((part) => part.key);
  if (opened.has(key)) return true;
  try {
    const value = await env.KV.get(key, { type: small ? "arrayBuffer" : "stream", cacheTtl: 86400 });
    if (value !== null) opened.set(key, small ? new Uint8Array(value) : value);
    return value !== null;
  } catch (error) {
    console.error(`${key}: ${error}`);
    return false;
  }
}

function respond({ status, headers, text, parts, count }, exchange, context) {
  const first = parts && exchange.opened.get(parts[0].key);
  if (!parts || (parts.length === 1 && first instanceof Uint8Array)) {
    const body = parts ? first.subarray(parts[0].from, parts[0].from + count) : text;
    context.waitUntil(release(exchange));
    return new Response(body, { status, headers });
  }
  const { readable, writable } = new FixedLengthStream(count);
  context.waitUntil(pour(parts, exchange, writable.getWriter()));
  return new Response(readable, { status, headers });
}

/** Writes the parts of a body, one after the other. */
async function pour(parts, exchange, writer) {
  const { env, opened } = exchange;
  try {
    for (const part of parts) {
      if (typeof part === "string") {
        await writer.write(encoder.encode(part));
        continue;
      }
      let value = opened.get(part.key);
      if (!(value instanceof Uint8Array)) opened.delete(part.key);
      value ??= await env.KV.get(part.key, { type: "stream", cacheTtl: 86400 });
      if (!value) throw new Error(`${part.key} is missing`);
      await pourValue(value, part, writer);
    }
    await writer.close();
  } catch (error) {
    // The client disconnected, or a value is missing: the response ends before its stated length.
    await writer.abort(error).catch(() => {});
  }
  await release(exchange);
}

/** Lets go of what was opened and not read. */
async function release({ opened }) {
  for (const value of opened.values()) if (!(value instanceof Uint8Array)) await value.cancel().catch(() => {});
}

async function pourValue(value, { key, from, count }, writer) {
  if (value instanceof Uint8Array) return writer.write(value.subarray(from, from + count));
  const reader = value.getReader();
  let skipped = from, left = count;
  while (left > 0) {
    const { done, value: piece } = await reader.read();
    if (done) throw new Error(`${key} is cut off`);
    const part = piece.subarray(skipped, skipped + left);
    skipped = Math.max(0, skipped - piece.length);
    left -= part.length;
    if (part.length) await writer.write(part);
  }
  await reader.cancel();
}

const failed = () =>
  new Response('{"error":{"code":"unavailable","message":"the program failed"}}', {
    status: 503,
    headers: { "content-type": "application/json", "cache-control": "no-store", "retry-after": "1" },
  });

export default {
  async fetch(request, env, context) {
    for (let tries = 0; tries < 2; tries++) {
      const program = instance(env);
      try {
        return await answer(program, request, env, context);
      } catch (error) {
        console.error(error);
        if (!program.isBroken) break;
      }
    }
    return failed();
  },
};

/** The heads of a deployment. */
export class BranchHead extends DurableObject {
  #instance;

  async fetch(request) {
    try {
      const line = encoder.encode(`${request.method} ${request.url}\n`);
      const bytes = await beginning(line, request.body, 8193);
      // One transaction: its changes are rolled back if the program fails in it.
      const told = this.ctx.storage.transactionSync(() => this.program.run("heads", bytes, now()));
      const end = told.indexOf(10);
      return new Response(told.subarray(end + 1), JSON.parse(decoder.decode(told.subarray(0, end))));
    } catch (error) {
      console.error(error);
      this.#instance = undefined;
      return failed();
    }
  }

  get program() {
    this.#instance ??= new Instance(keeping, (statement, values) => {
      const rows = [...this.ctx.storage.sql.exec(statement, ...JSON.parse(values)).raw()];
      return rows.length ? encoder.encode(JSON.stringify(rows.flat())) : nothing;
    });
    return this.#instance;
  }
}

/** A line, then the first bytes of a body. */
async function beginning(line, stream, limit) {
  const most = line.length + limit;
  const reader = stream?.getReader();
  let bytes = line;
  while (reader && bytes.length < most) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    const longer = new Uint8Array(Math.min(bytes.length + value.length, most));
    longer.set(bytes);
    longer.set(value.subarray(0, most - bytes.length), bytes.length);
    bytes = longer;
  }
  await reader?.cancel();
  return bytes;
}
