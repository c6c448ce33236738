"""Measures the server, nginx and docker-registry: each on one core, wrk on the other."""

import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

SIZES = {"4 KB": 4 << 10, "100 KB": 100 << 10, "2.5 MB": 2_500_000}
SECONDS, CONNECTIONS, ROUNDS = 4, 64, 3
# Target ratios of requests per second: to nginx, to docker-registry.
TARGETS = {"4 KB": (0.4, 2), "100 KB": (0.3, 2), "2.5 MB": (0.45, 1.1), "304": (0.4, 0)}

NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; etag on;
  open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
  types {{ application/wasm wasm; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""

REGISTRY = """
version: 0.1
log: {{accesslog: {{disabled: true}}, level: error}}
storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}
http: {{addr: 127.0.0.1:{port}}}
"""


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/")
        return True
    except OSError:
        return False


def begin(argv, port=None, **how):
    """Starts a server on the first core."""
    process = subprocess.Popen(["taskset", "-c", "0", *argv], stdout=subprocess.DEVNULL, **how)
    deadline = time.monotonic() + 30
    while port and not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{argv[0]} does not respond")
        time.sleep(0.02)
    return process


def wrk(url, *headers):
    """Requests per second, and the 99th percentile of their times in milliseconds."""
    fields = [word for header in headers for word in ("-H", header)]
    said = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *fields, url],
        capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said and "If-None-Match" not in " ".join(headers):
        raise SystemExit(f"{url}: {said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def request(port, method, path, body=None, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    data = response.read()
    if response.status >= 300:
        raise SystemExit(f"{method} {path}: {response.status} {data[:200]}")
    return response, data


def push_blob(port, body):
    """Uploads a blob to docker-registry in two requests, as its clients do."""
    response, _ = request(port, "POST", "/v2/wasm/blobs/uploads/", headers={"Content-Length": "0"})
    place = response.headers["Location"].split("//", 1)[-1]
    path = place[place.index("/"):]
    digest = "sha256:" + hashlib.sha256(body).hexdigest()
    request(port, "PUT", f"{path}&digest={digest}", body, {"Content-Type": "application/octet-stream"})
    return digest


def push_manifest(port, digest, size, tag, config):
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": config[0], "size": config[1]},
        "layers": [{"mediaType": "application/wasm", "digest": digest, "size": size}]})
    request(port, "PUT", f"/v2/wasm/manifests/{tag}", manifest,
            {"Content-Type": "application/vnd.oci.image.manifest.v1+json"})


class Servers:
    """Our server with keys, nginx, and docker-registry if it is installed."""

    def __init__(self, program, folder, make_module, tools):
        self.folder, self.processes = Path(folder), []
        shutil.rmtree(folder, ignore_errors=True)
        (self.folder / "files").mkdir(parents=True)
        self.modules = {name: make_module(size) for name, size in SIZES.items()}
        environment = os.environ | {"WASMSTORE_ROOT": str(self.folder / "store"), "HOME": str(self.folder)}
        keys = str(self.folder / "keys")
        self.key = subprocess.run(
            [program, "auth", "add", "bench", "--role", "admin", "--auth-file", keys], env=environment, check=True,
            capture_output=True, text=True).stdout.strip()
        self.ours = free_port()
        self.process = begin(
            [program, "server", "--host", "127.0.0.1", "--port", str(self.ours), "--auth-file", keys], self.ours,
            env=environment, stderr=subprocess.DEVNULL)
        self.processes.append(self.process)
        self.nginx = free_port()
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, port=self.nginx))
        self.processes.append(begin(
            [str(tools / "nginx/usr/sbin/nginx"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")],
            self.nginx, stderr=subprocess.DEVNULL))
        self.registry = None
        registry = tools / "docker-registry/usr/bin/docker-registry"
        if registry.exists():
            self.registry = free_port()
            (self.folder / "registry.yml").write_text(REGISTRY.format(folder=self.folder, port=self.registry))
            self.processes.append(begin(
                [str(registry), "serve", str(self.folder / "registry.yml")], self.registry,
                stderr=subprocess.DEVNULL, env=os.environ | {"GOMAXPROCS": "1", "OTEL_TRACES_EXPORTER": "none"}))
        self.digests = {}
        for name, module in self.modules.items():
            (self.folder / "files" / self.path(name)).write_bytes(module)
            request(self.ours, "POST", f"/api/v1/module/{self.path(name)}", module, {"Wasmstore-Auth": self.key})
            if self.registry:
                self.digests[name] = push_blob(self.registry, module)

    @staticmethod
    def path(name):
        return name.replace(" ", "") + ".wasm"

    def memory(self):
        """The resident memory of our server, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def end(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait()


def reads(servers, verdict):
    """GET by path with a key, and 304, for each server in turn."""
    print(f"`wrk -t1 -c{CONNECTIONS} -d{SECONDS}s`, the best of {ROUNDS} turns; servers on one core, wrk on the other.\n")
    print("| | ours, a second | nginx | docker-registry | ours to nginx | ours to docker-registry | p99, ours | p99, nginx |")
    print("|---|---|---|---|---|---|---|---|")
    lines = []
    for name in [*SIZES, "304"]:
        size = name if name in SIZES else "4 KB"
        tag = hashlib.sha256(servers.modules[size]).hexdigest()
        key = f"Wasmstore-Auth: {servers.key}"
        ours = [f"http://127.0.0.1:{servers.ours}/api/v1/module/{servers.path(size)}", key]
        nginx = [f"http://127.0.0.1:{servers.nginx}/{servers.path(size)}"]
        if name == "304":
            ours.append(f'If-None-Match: "{tag}"')
            response, _ = request(servers.nginx, "GET", f"/{servers.path(size)}")
            nginx.append(f"If-None-Match: {response.headers['ETag']}")
        rivals = {"ours": ours, "nginx": nginx}
        if servers.registry and name in SIZES:
            rivals["registry"] = [f"http://127.0.0.1:{servers.registry}/v2/wasm/blobs/{servers.digests[name]}"]
        best = {}
        for _ in range(ROUNDS):
            for rival, words in rivals.items():
                best[rival] = max(best.get(rival, (0, 0)), wrk(*words))
        to_nginx = best["ours"][0] / best["nginx"][0]
        to_registry = best["ours"][0] / best["registry"][0] if "registry" in best else None
        registry = f"{best['registry'][0]:.0f}" if "registry" in best else ""
        print(f"| {name} | {best['ours'][0]:.0f} | {best['nginx'][0]:.0f} | {registry} | {to_nginx:.2f} "
              f"| {'' if to_registry is None else f'{to_registry:.2f}'} | {best['ours'][1]:.1f} ms "
              f"| {best['nginx'][1]:.1f} ms |", flush=True)
        lines.append((name, to_nginx, to_registry))
    print()
    for name, to_nginx, to_registry in lines:
        verdict(f"{name}: nginx to ours", 1 / to_nginx, round(1 / TARGETS[name][0], 2))
        if to_registry is not None:
            verdict(f"{name}: docker-registry to ours", 1 / to_registry, round(1 / TARGETS[name][1], 2))


def writes(servers, make_module, verdict, count=100):
    """POST of a module of 100 KB, and of a blob and a manifest to docker-registry, in turn."""
    modules = [make_module(100 << 10, number) for number in range(count)]
    config = b"{}"
    config_digest = push_blob(servers.registry, config) if servers.registry else ""
    times = {"ours": [], "registry": []}
    for number, module in enumerate(modules):
        began = time.perf_counter()
        request(servers.ours, "POST", f"/api/v1/module/w/{number}.wasm", module, {"Wasmstore-Auth": servers.key})
        times["ours"].append(time.perf_counter() - began)
        if servers.registry:
            began = time.perf_counter()
            digest = push_blob(servers.registry, module)
            push_manifest(servers.registry, digest, len(module), f"t{number}", (config_digest, len(config)))
            times["registry"].append(time.perf_counter() - began)
    middle = {name: sorted(values)[len(values) // 2] for name, values in times.items() if values}
    print(f"\n- POST of 100 KB, validated, committed and durable: median {middle['ours'] * 1000:.1f} ms", end="")
    if "registry" in middle:
        print(f"; a blob and a manifest of docker-registry {middle['registry'] * 1000:.1f} ms")
        verdict("POST, ours to docker-registry", middle["ours"] / middle["registry"], 0.5)
    else:
        print()
