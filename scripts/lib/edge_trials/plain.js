// What the Worker in Swift is measured beside: a Worker that people would write by hand. It looks a path up, sets the tag,
// and answers 304; nothing else.
let known;

async function newest(env) {
  if (known && Date.now() - known.at < 2000) return known;
  const answer = await env.HEADS.get(env.HEADS.idFromName("heads")).fetch("https://heads/.wasmstore/v1/head/default/main");
  const [entry] = (await answer.json()).entries;
  const at = Date.now();
  if (known?.manifest === entry.manifest) return (known = { ...known, at });
  const hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const value = async (key) => new Uint8Array(await env.KV.get(key, { type: "arrayBuffer", cacheTtl: 86400 }));
  const root = await value(`m/${entry.manifest}`);
  const files = new Map();
  for (let index = 0; index < 2 ** root[6]; index++) {
    const digest = root.subarray(32 + 32 * index, 64 + 32 * index);
    if (digest.every((byte) => byte === 0)) continue;
    const shard = await value(`s/${hexadecimal(digest)}`);
    const view = new DataView(shard.buffer);
    const text = (start, length) => new TextDecoder().decode(shard.subarray(start, start + length));
    for (let row = 32; row < 32 + 80 * view.getUint32(8, true); row += 80) {
      const path = text(view.getUint32(row + 64, true), view.getUint16(row + 72, true));
      files.set(path, {
        tag: hexadecimal(shard.subarray(row + 16, row + 48)),
        modified: new Date(1000 * Number(view.getBigUint64(row + 56, true))).toUTCString(),
        type: text(view.getUint32(row + 68, true), view.getUint16(row + 74, true)),
      });
    }
  }
  return (known = { at, manifest: entry.manifest, revision: entry.revision, files });
}

export default {
  async fetch(request, env) {
    const { files, revision } = await newest(env);
    const file = files.get(decodeURIComponent(new URL(request.url).pathname.slice(1)));
    if (!file) return new Response("not found", { status: 404 });
    const headers = {
      "etag": `"${file.tag}"`, "last-modified": file.modified, "accept-ranges": "bytes",
      "cache-control": "public, max-age=0, must-revalidate", "x-wasmstore-revision": String(revision),
      "x-content-type-options": "nosniff",
    };
    if (request.headers.get("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
    headers["content-type"] = file.type;
    const value = await env.KV.get(`b/${file.tag}`, { type: "arrayBuffer", cacheTtl: 86400 });
    return new Response(value, { headers });
  },
};
