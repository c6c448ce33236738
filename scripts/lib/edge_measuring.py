"""Measures the Worker in Swift beside one that is written in JavaScript by hand, in the same host."""

import hashlib
import json
import os
import re
import subprocess
from pathlib import Path

import edge
import server_bench
import wasm_modules

TRIALS = Path(__file__).resolve().parent / "edge_trials"


def measure(program, folder, verdict, rounds=5):
    """Prints each figure with its target; `folder` is empty."""
    environment = os.environ | {"HOME": str(folder), "WASMSTORE_ROOT": str(folder / "store")}
    for number in range(1000):
        path = folder / "in" / f"d{number % 10}/{number}.wasm"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wasm_modules.module(2_000, number))
    server = subprocess.Popen([program, "kv-server", "--host", "127.0.0.1", "--port", "0"], stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, text=True)
    hosts = []
    try:
        port = re.search(r":(\d+)$", server.stderr.readline().strip())[1]
        target = f"http://127.0.0.1:{port}/site"
        for words in (["add", "-r", str(folder / "in")], ["kv-sync", target]):
            subprocess.run([program, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
        listed = server_bench.request(int(port), "GET", edge.NAMESPACES)
        namespace = json.loads(listed[-1])["result"][0]["id"]
        bundles = {"ours": edge.bundle(), "by hand": TRIALS / "plain.js"}
        for name, bundle in bundles.items():
            hosts.append(edge.Host("node", {
                "bundle": str(bundle), "namespaces": f"http://127.0.0.1:{port}{edge.NAMESPACES}", "namespace": namespace,
                "heads": target, "data": str(folder / name)}))
        tag = hashlib.sha256((folder / "in/d7/7.wasm").read_bytes()).hexdigest()
        for what, fields in (("304", [f'If-None-Match: "{tag}"']), ("a content", [])):
            rates = [[], []]
            for _ in range(rounds):
                for place, host in enumerate(hosts):
                    rates[place].append(server_bench.wrk(f"{host.url}/d7/7.wasm", *fields)[0])
            ours, by_hand = (sorted(found)[rounds // 2] for found in rates)
            print(f"- {what}: {ours:.0f} requests a second, by hand {by_hand:.0f}")
            verdict(f"{what}, time by hand in ours", by_hand / ours, round(1 / 0.9, 2))
    finally:
        for host in hosts:
            host.end()
        server.terminate()
        server.wait()
    with edge.tempfile.TemporaryDirectory(prefix="edge-") as scratch:
        run = subprocess.run(
            edge.command("node", {"bundle": str(edge.bundle()), "data": str(folder), "rounds": 500}, scratch,
                         TRIALS / "measure.mjs"), capture_output=True, text=True, check=True)
    found = json.loads(run.stdout)
    verdict("an instance of the compiled module", found["instantiation"], 1, " ms")
    print(f"- a compare-and-swap: {found['swap']:.2f} ms, a bare transaction of SQLite {found['transaction']:.2f} ms")
    verdict("a compare-and-swap in bare transactions", found["swap"] / found["transaction"], 1.5)
    for name in ("edge.wasm", "heads.wasm"):
        wasm = edge.bundle().with_name(name).read_bytes()
        packed = subprocess.run(["gzip", "-9c"], input=wasm, capture_output=True, check=True).stdout
        verdict(name, len(wasm) / 1024, 32, " KB")
        verdict(f"{name} with gzip", len(packed) / 1024, 12, " KB")
