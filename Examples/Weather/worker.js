// Weather: one Durable Object for each location. The object is Swift, in weather.wasm.
import { DurableObject } from "cloudflare:workers";
import program from "./weather.wasm";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const answer = (status, body) => Response.json(body, { status });

export class Weather extends DurableObject {
  #exports;

  /** Calls the program in one transaction. After a failure its memory counts for nothing, and a new one is made. */
  #call(name, bytes = new Uint8Array()) {
    try {
      return this.ctx.storage.transactionSync(() => {
        if (!this.#exports) {
          const storage = { execute: (address, count) => this.#execute(address, count) };
          this.#exports = new WebAssembly.Instance(program, { storage }).exports;
          this.#exports.open();
        }
        this.#give(bytes);
        const { status, body } = JSON.parse(this.#text(undefined, this.#exports[name]()));
        return answer(status, body);
      });
    } catch (error) {
      console.error(error);
      this.#exports = undefined;
      return answer(500, { success: false, error: "the object failed" });
    }
  }

  #execute(address, count) {
    const [statement, ...values] = JSON.parse(this.#text(address, count));
    this.#give(encoder.encode(JSON.stringify([...this.ctx.storage.sql.exec(statement, ...values).raw()])));
  }

  #give(bytes) {
    const address = this.#exports.input(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, address, bytes.length).set(bytes);
  }

  #text(address, count) {
    return decoder.decode(new Uint8Array(this.#exports.memory.buffer, address ?? this.#exports.output(), count));
  }

  async fetch(request) {
    if (request.method === "POST") return this.#call("save", new Uint8Array(await request.arrayBuffer()));
    return this.#call("list");
  }
}

export default {
  async fetch(request, env) {
    const location = new URL(request.url).pathname.slice(1);
    if (!location || location.includes("/")) return answer(404, { success: false, error: "name a location" });
    if (request.method !== "GET" && request.method !== "POST") {
      return new Response(null, { status: 405, headers: { allow: "GET, POST" } });
    }
    try {
      const found = await env.WEATHER.get(env.WEATHER.idFromName(decodeURIComponent(location))).fetch(request);
      return found.status === 500 ? answer(502, await found.json()) : found;
    } catch (error) {
      console.error(error);
      return answer(error instanceof URIError ? 400 : 502, { success: false, error: "the location is out of reach" });
    }
  },
};
