// Lets node load a bundle: its two imports that node does not know.
import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

registerHooks({
  resolve(name, context, next) {
    if (name === "cloudflare:workers") return { url: new URL("./workers.mjs", import.meta.url).href, shortCircuit: true };
    return next(name, context);
  },
  load(url, context, next) {
    if (!url.endsWith(".wasm")) return next(url, context);
    const bytes = readFileSync(fileURLToPath(url)).toString("base64");
    const source = `export default new WebAssembly.Module(Buffer.from("${bytes}", "base64"));`;
    return { format: "module", source, shortCircuit: true };
  },
});
