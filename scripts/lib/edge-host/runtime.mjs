// What a Worker finds around it, as far as ours needs it: a namespace of Workers KV over the REST interface of kv-server,
// the cache of a location, and Durable Objects with SQLite. It is no workerd: no limits of time and memory, no isolation, no
// gates that hold replies back, no hibernation.
import { DatabaseSync } from "node:sqlite";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** A namespace. What kv-server models of staleness it does for the location that is named. */
export class Namespace {
  constructor(namespaces, id, { token, location }) {
    this.base = `${namespaces}/${id}`;
    this.headers = {};
    if (token) this.headers.authorization = `Bearer ${token}`;
    if (location) this.headers["x-wasmstore-location"] = location;
  }

  async #fetch(path) {
    const answer = await fetch(this.base + path, { headers: this.headers });
    if (answer.status === 404) {
      await answer.body?.cancel();
      return undefined;
    }
    if (!answer.ok) throw new Error(`the namespace answers ${answer.status}`);
    return answer;
  }

  async get(key, options) {
    return (await this.#value(key, options)) ?? null;
  }

  async #value(key, { type } = {}) {
    const answer = await this.#fetch(`/values/${encodeURIComponent(key)}`);
    if (!answer) return undefined;
    return type === "stream" ? answer.body : type === "arrayBuffer" ? answer.arrayBuffer() : answer.text();
  }

  async getWithMetadata(key, options) {
    const value = await this.#value(key, options);
    if (value === undefined) return { value: null, metadata: null };
    const answer = await this.#fetch(`/metadata/${encodeURIComponent(key)}`);
    return { value, metadata: answer ? (await answer.json()).result : null };
  }

  async list({ prefix = "", limit = 1000 } = {}) {
    // The service answers ten keys or more.
    const answer = await this.#fetch(`/keys?prefix=${encodeURIComponent(prefix)}&limit=${Math.max(limit, 10)}`);
    return { keys: (await answer.json()).result.slice(0, limit) };
  }
}

/** The cache of a location. */
export class LocationCache {
  #kept = new Map();

  async match(request) {
    return this.#kept.get(request.url ?? request)?.clone();
  }

  async put(request, response) {
    this.#kept.set(request.url ?? request, response);
  }
}

/** What a test lets happen at a call of an object's storage; its message is what becomes of the object. */
export class Fault extends Error {}

/** The storage of an object: a file of SQLite. */
class Storage {
  #database;
  /** The statements that were run, as they are ready to run again. */
  #prepared = new Map();

  constructor(file, faults) {
    this.#database = new DatabaseSync(file);
    this.#database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    this.faults = faults;
    this.sql = { exec: (statement, ...values) => this.#execute(statement, values) };
  }

  #execute(statement, values) {
    this.faults?.();
    let prepared = this.#prepared.get(statement);
    if (!prepared) {
      prepared = this.#database.prepare(statement);
      prepared.setReturnArrays(true);
      this.#prepared.set(statement, prepared);
    }
    const rows = prepared.all(...values);
    return { raw: () => rows[Symbol.iterator](), toArray: () => rows };
  }

  transactionSync(work) {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.faults?.();
      this.#database.exec("COMMIT");
      this.faults?.();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.isLost = error instanceof Fault && error.message === "evict";
      throw error;
    }
  }

  close() {
    this.#database.close();
  }
}

/** The objects of a class. Each has its file, is made when it is asked for, and takes one call after the other. */
export class Objects {
  #live = new Map();

  constructor(type, folder, env, faults) {
    Object.assign(this, { type, folder, env, faults });
    mkdirSync(folder, { recursive: true });
  }

  idFromName(name) {
    return { name, toString: () => name };
  }

  getByName(name) {
    return this.get(this.idFromName(name));
  }

  get(id) {
    return {
      id,
      fetch: (request, options) => this.#ask(id, new Request(request, options)),
    };
  }

  /** Lets an object go from memory; what it stored stays. */
  evict(name) {
    const live = this.#live.get(name);
    this.#live.delete(name);
    live?.storage.close();
  }

  async #ask(id, request) {
    let live = this.#live.get(id.name);
    if (!live) {
      const storage = new Storage(join(this.folder, `${encodeURIComponent(id.name)}.sqlite`), this.faults);
      live = { storage, last: Promise.resolve() };
      live.object = new this.type({ id, storage, blockConcurrencyWhile: (work) => work() }, this.env);
      this.#live.set(id.name, live);
    }
    // Whoever waited for an object that went asks for the next one.
    const turn = live.last.then(() => {
      if (this.#live.get(id.name) !== live) return this.#ask(id, request);
      return live.object.fetch(request);
    });
    live.last = turn.catch(() => {}).then(() => {
      if (live.storage.isLost && this.#live.get(id.name) === live) this.evict(id.name);
    });
    return turn;
  }
}

/** Heads that kv-server keeps, for a Worker whose object is not to be used. */
export class RemoteHeads {
  constructor(url, token) {
    Object.assign(this, { url, token });
  }

  idFromName(name) {
    return { name };
  }

  get() {
    return {
      fetch: async (input, options) => {
        const request = new Request(input, options);
        const { pathname, search } = new URL(request.url);
        const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
        const body = request.method === "POST" ? await request.text() : undefined;
        return fetch(this.url + pathname + search, { method: request.method, headers, body });
      },
    };
  }
}

/** A stream of a length that is known. */
export class KnownLengthStream extends TransformStream {
  constructor(length) {
    let left = length;
    super({
      transform(piece, controller) {
        left -= piece.length;
        if (left < 0) throw new TypeError("more bytes than announced");
        controller.enqueue(piece);
      },
      flush() {
        if (left > 0) throw new TypeError("fewer bytes than announced");
      },
    });
  }
}
