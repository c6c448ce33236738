"""Measures `kv-sync` and `kv-server`: planning, a first publish beside curl, curl to nginx, and memory."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import wasm_modules
from server_bench import begin, free_port

COUNT, SIZE = 10_000, 20_000
BATCHES = (24_000_000, 48_000_000, 95_000_000)  # bytes of the first bodies; all others are as the last
ROUNDS = 5

NGINX = """
{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_max_body_size 200m; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; location / {{ dav_methods PUT; create_full_put_path on; }} }}
}}
"""


def modules(prepared):
    """A folder with 10,000 modules of 20 KB, and the bodies of bulk writes that hold them."""
    def make(folder):
        (folder / "modules").mkdir()
        pairs, bodies, length = [], 0, 0
        for number in range(COUNT):
            data = wasm_modules.incompressible_module(SIZE, number)
            path = folder / "modules" / f"d{number // 100:02}" / f"{number}.wasm"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            pairs.append({"key": "b/" + hashlib.sha256(data).hexdigest(), "value": base64.b64encode(data).decode(),
                          "base64": True, "metadata": {"t": 1, "s": len(data), "ct": "application/wasm", "n": 0}})
            length += len(pairs[-1]["value"]) + 200
            if length + SIZE * 2 > BATCHES[min(bodies, len(BATCHES) - 1)] or number == COUNT - 1:
                (folder / f"body{bodies}").write_text(json.dumps(pairs))
                pairs, bodies, length = [], bodies + 1, 0

    return prepared("publishing", make)


class KVServer:
    """A server with a new database."""

    def __init__(self, program, folder):
        self.folder = Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.process = begin(
            [program, "kv-server", "--host", "127.0.0.1", "--port", str(self.port), "--data", str(self.folder / "kv.db")],
            self.port, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{self.port}/client/v4/accounts/a/storage/kv/namespaces"
        made = subprocess.run(["curl", "-sS", self.base, "--json", '{"title":"bench"}'], check=True, capture_output=True)
        self.id = json.loads(made.stdout)["result"]["id"]
        self.target = f"http://127.0.0.1:{self.port}/{self.id}"

    def end(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)


def curl(urls):
    """The seconds in which curl sends files, one after the other over one connection."""
    words = []
    for url, path in urls:
        words += ["--next"] if words else []
        words += ["-sS", "--fail", "-o", "/dev/null", "-X", "PUT", "-H", "Content-Type: application/json", "-H", "Expect:",
                  "--data-binary", f"@{path}", url]
    began = time.perf_counter()
    subprocess.run(["taskset", "-c", "1", "curl", *words], check=True)
    return time.perf_counter() - began


def median(values):
    return sorted(values)[len(values) // 2]


def measure(bench, work, environment, prepared, store_with_paths, verdict, tools):
    """All figures."""
    planning(bench, work, environment, store_with_paths, verdict)
    first_publish(bench, work, environment, prepared, verdict, tools)


def run(bench, store, environment, *words):
    """One command of the tool; the seconds that it took and its peak of memory in megabytes."""
    cost, output = bench.watch.run([bench.program, "--root", str(store), *words], variables=environment)
    return cost, output


def planning(bench, work, environment, store_with_paths, verdict):
    peaks = {}
    for count in (500, 50_000):
        server = KVServer(bench.program, work / "publishing-server")
        store = work / "publishing-store"
        shutil.rmtree(store, ignore_errors=True)
        shutil.copytree(store_with_paths(bench, count), store, symlinks=True)
        run(bench, store, environment, "list")  # what a first look notes is not what is measured
        cost, output = run(bench, store, environment, "kv-sync", server.target, "--json")
        peaks[count] = cost.memory
        print(f"- first publish of {count:,} small files: {cost.wall:.2f} s, peak {cost.memory:.0f} MB, "
              f"{json.loads(output)['requests']} requests")
        if count == 50_000:
            paths = run(bench, store, environment, "list")[1].splitlines()[:: count // 10][:10]
            for number, line in enumerate(paths):
                source = work / "publishing-module.wasm"
                source.write_bytes(wasm_modules.module(300, number + 1_000_000))
                run(bench, store, environment, "add", str(source), line.split("\t")[1])
                source.unlink()
            dry, base = [], []
            for _ in range(ROUNDS * 2):
                dry.append(run(bench, store, environment, "kv-sync", server.target, "--dry-run")[0].wall)
                base.append(run(bench, store, environment, "kv", "log", server.target, "-n", "1")[0].wall)
            print(f"- 10 of 50,000 changed: `kv-sync --dry-run` {median(dry) * 1000:.1f} ms in all; `kv log -n 1`, which "
                  f"starts and asks for the head too, {median(base) * 1000:.1f} ms")
            verdict("planning of 10 changed files of 50,000", (median(dry) - median(base)) * 1000, 20, " ms")
            cost, output = run(bench, store, environment, "kv-sync", server.target, "--json")
            said = json.loads(output)
            print(f"- and publishing them: {said['requests']} requests, {said['bytes'] / 1e6:.2f} MB")
            shutil.rmtree(store)
        server.end()
    verdict("memory with 50,000 files, beside 500", peaks[50_000] - peaks[500], 32, " MB")


def first_publish(bench, work, environment, prepared, verdict, tools):
    material = modules(prepared)
    bodies = sorted(material.glob("body*"))
    store = work / "publishing-store"
    shutil.rmtree(store, ignore_errors=True)
    run(bench, store, environment, "add", "-r", str(material / "modules"))
    times = {"kv-sync": [], "curl": [], "nginx": []}
    folder = work / "publishing-nginx"
    for _ in range(ROUNDS):
        for name in times:
            os.sync()
            if name == "nginx":
                shutil.rmtree(folder, ignore_errors=True)
                (folder / "files").mkdir(parents=True)
                port = free_port()
                (folder / "nginx.conf").write_text(NGINX.format(
                    folder=folder, port=port, user="user root; " if os.geteuid() == 0 else ""))
                process = begin([str(tools / "nginx/usr/sbin/nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")],
                                port, stderr=subprocess.DEVNULL)
                times[name].append(curl([(f"http://127.0.0.1:{port}/{path.name}", path) for path in bodies]))
                process.terminate()
                process.wait()
                continue
            server = KVServer(bench.program, work / "publishing-server")
            if name == "curl":
                times[name].append(curl([(f"{server.base}/{server.id}/bulk", path) for path in bodies]))
            else:
                shutil.rmtree(store / "kv", ignore_errors=True)
                cost, _ = run(bench, store, environment, "kv-sync", server.target)
                times[name].append(cost.wall)
                peak = cost.memory
            server.end()
    middle = {name: median(values) for name, values in times.items()}
    print(f"- first publish of {COUNT:,} modules of {SIZE // 1000} KB, servers on one core: kv-sync {middle['kv-sync']:.2f} s "
          f"(peak {peak:.0f} MB); curl sends the same prepared bodies to kv-server in {middle['curl']:.2f} s, to nginx in "
          f"{middle['nginx']:.2f} s; medians of {ROUNDS}")
    verdict("kv-sync to curl", middle["kv-sync"] / middle["curl"], round(1 / 0.7, 2))
    verdict("kv-server to nginx", middle["curl"] / middle["nginx"], round(1 / 0.3, 2))
    shutil.rmtree(store)
    shutil.rmtree(folder)
