"""Trials of `kv-sync` and `kv` for scripts/kv: what goes over the wire, awkward files, refusals, and kill -9 at each request."""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import published
import wasm_modules
from recording import Proxy

PATIENCE = 120  # seconds that one command may take


class Bench:
    """A server behind a proxy, a store, and a folder of files that is published."""

    def __init__(self, trials, server, before=None):
        self.trials = trials
        self.root = Path(tempfile.mkdtemp(dir=trials.folder))
        self.files = self.root / "files"
        self.files.mkdir()
        self.proxy = Proxy(server.port, before)
        self.target = f"http://127.0.0.1:{self.proxy.port}/site"
        self.environment = os.environ | {
            "HOME": str(self.root), "WASMSTORE_ROOT": str(self.root / "store"), "WASMSTORE_TEST_RETRY_WAIT": "0.02"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proxy.__exit__()
        for record in self.proxy.records:
            self.hold(record)

    def hold(self, record):
        """Holds what the server answered against the schema."""
        if record.target.startswith("/client/") and not record.is_ours:
            self.trials.schema.check(record.method, record.target, record.status, record.content_type, record.answer)

    def start(self, *words):
        return subprocess.Popen([self.trials.program, *map(str, words)], env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def run(self, *words, code=0):
        process = self.start(*words)
        output, errors = process.communicate(timeout=PATIENCE)
        self.trials.expect(f"exit status of {' '.join(map(str, words))}: {errors}", process.returncode, code)
        self.errors = errors
        return output

    def write(self, contents):
        for path, data in contents.items():
            file = self.files / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def publish(self, *words, code=0):
        return self.run("kv-sync", self.target, "--assets", self.files, *words, code=code)

    def requests(self, *words):
        """The requests that a command sends, without what tells them apart."""
        self.proxy.taken()
        self.run(*words)
        taken = self.proxy.taken()
        for record in taken:
            self.hold(record)
        return taken

    @property
    def namespace(self):
        """The id of the namespace; None while nobody made it."""
        found = self.trials.raw(self.proxy, "GET", self.trials.base)[1]["result"]
        return next((space["id"] for space in found if space["title"] == "site"), None)

    def keys(self):
        """The keys that are there."""
        if self.namespace is None:
            return []
        return [key["name"] for key in self.trials.raw(self.proxy, "GET", f"{self.trials.base}/{self.namespace}/keys")[1]["result"]]

    def read(self):
        """What a reader that is not ours finds: contents by their paths."""
        manifest = json.loads(self.run("kv", "log", self.target, "-n", "1", "--json"))[0]["manifest"]
        values = f"{self.trials.base}/{self.namespace}/values/"

        def get(key):
            return self.trials.raw(self.proxy, "GET", values + key.replace("/", "%2F"))[1]

        return {os.fsdecode(path): data for path, (_, data) in published.files(get, manifest).items()}


def kind(record):
    """A request by its method and the name of its route."""
    route = record.target.split("?")[0].split("/storage/kv/")[-1].split("/.wasmstore/v1/")[-1]
    parts = route.split("/")
    return f"{record.method} {parts[2] if parts[0] == 'namespaces' and len(parts) > 2 else parts[0]}"


def wire(trials, expect):
    """What is sent, and no more: counted, and held against the schema."""
    with trials.server() as server, Bench(trials, server) as bench:
        bench.write({f"d{number % 5}/{number}.wasm": wasm_modules.module(200 + number, number) for number in range(200)})
        publish = ("kv-sync", bench.target, "--assets", bench.files)
        dry = bench.requests(*publish, "--dry-run")
        expect("a dry run", [kind(record) for record in dry], ["GET head", "GET namespaces"])
        announced = int(re.search(r"; (\d+) requests", bench.run(*publish, "--dry-run"))[1])
        first = bench.requests(*publish)
        expect("a first publish", [kind(record) for record in first],
               ["GET head", "GET namespaces", "POST namespaces", "PUT bulk", "POST head"])
        expect("as announced", len(first), announced)
        bench.target = bench.target.replace("/site", f"/{bench.namespace}")
        publish = ("kv-sync", bench.target, "--assets", bench.files)
        expect("nothing changed", [kind(record) for record in bench.requests(*publish)], ["GET head"])
        bench.write({f"d{number % 5}/{number}.wasm": wasm_modules.module(300, number + 1000) for number in range(10)})
        changed = bench.requests(*publish)
        expect("ten changed", [kind(record) for record in changed], ["GET head", "PUT bulk", "POST head"])
        expect("ten contents, a shard, a root", len(json.loads(changed[1].body)), 12)
        expect("a rollback", [kind(record) for record in bench.requests("kv", "rollback", bench.target)],
               ["GET head", "POST head"])
        pruned = [kind(record) for record in bench.requests("kv", "prune", bench.target)]
        expect("a prune that only looks", {word for word in pruned if not word.startswith("GET")}, set())


def awkward(trials, expect):
    """Paths with every awkward byte, and contents of every awkward size."""
    with trials.server("--data", trials.folder / "awkward.db") as server, Bench(trials, server) as bench:
        long = "/".join(["x" * 250, "y" * 250, "z" * 250, "w" * 250])
        contents = {name: name.encode() for name in (
            "a%2Fb", "100%", "?", "#", "a:b", "+", "a b", "é", "漢字/😀", "\"", "\\", "a&b=c", "~", "q" * 250, long)}
        contents |= {"empty": b"", "whole": os.urandom(26214400), "chunked": os.urandom(26214401),
                     "large": os.urandom(200 << 20), "zeros": bytes(40 << 20)}
        contents["same"] = contents["whole"]
        bench.write(contents)
        bench.publish()
        found = bench.read()
        expect("paths", sorted(found), sorted(contents))
        expect("contents that differ", [path for path in contents if found[path] != contents[path]], [])
        for path in ("a%2Fb", "?", "chunked"):
            process = subprocess.run(
                [trials.program, "kv", "get", bench.target, path], env=bench.environment, capture_output=True, check=True)
            expect(f"kv get {path}", process.stdout == contents[path], True)
        expect("nothing changed", bench.publish(), "nothing changed\n")
        before = bench.keys()
        (bench.files / long).unlink()
        bench.write({f"{long}/{'v' * 30}": b"too long"})
        bench.publish(code=1)
        expect("nothing is stored of a path that is too long", bench.keys(), before)


def refusals(trials, expect):
    """What is refused ends with its message and status, and nothing is half done."""
    answers = []

    def before(method, target, body):
        return next((answer for test, answer in answers if test(method, target)), None)

    def failed(status, code, message):
        return status, json.dumps({"success": False, "errors": [{"code": code, "message": message}], "messages": [],
                                   "result": None}).encode()

    with trials.server("--token-file", trials.folder / "tokens") as server, Bench(trials, server, before) as bench:
        bench.write({"a": b"a"})
        for name in ("CLOUDFLARE_API_TOKEN", "WASMSTORE_HEAD_TOKEN"):
            bench.environment[name] = "first-token"
        for name in ("CLOUDFLARE_API_TOKEN", "WASMSTORE_HEAD_TOKEN"):
            bench.environment[name] = "wrong"
            bench.publish(code=14)
            expect("the message names no token", "wrong" in bench.errors, False)
            bench.environment[name] = "first-token"
        expect("nothing after wrong tokens", bench.keys(), [])
        answers.append((lambda method, target: "/bulk" in target, failed(403, 10037, "the token has no permission")))
        bench.publish(code=14)
        expect("nothing after a missing permission", bench.keys(), [])
        answers.clear()
        bench.run("kv-sync", bench.target.replace("/site", "/" + "0" * 32), "--assets", bench.files, code=1)
        bench.run("kv", "list", bench.target.replace("/site", "/none"), code=1)
        # Somebody else makes the namespace between the look and the making.
        listed = []

        def absent_once(method, target):
            if method == "GET" and "namespaces?" in target and not listed:
                listed.append(target)
                return True
            return False

        answers.append((absent_once, (200, json.dumps({
            "success": True, "errors": [], "messages": [], "result": [],
            "result_info": {"page": 1, "per_page": 100, "count": 0, "total_count": 0}}).encode())))
        bench.publish()
        expect("a title that is there", bench.read(), {"a": b"a"})
        answers.clear()
        # The service never takes it.
        bench.write({"a": b"b"})
        answers.append((lambda method, target: "/bulk" in target, failed(503, 10001, "unavailable")))
        bench.publish(code=13)
        expect("as before", bench.read(), {"a": b"a"})
        answers.clear()
        bench.publish()
        expect("then", bench.read(), {"a": b"b"})


def killed(trials, expect):
    """kill -9 before and after each request: readers see the old version or the new one, and nothing goes twice."""
    contents = {f"{number}": f"content {number}".encode() for number in range(5)}
    contents |= {"large": os.urandom(9 << 20), "chunked": os.urandom(27 << 20)}
    total = None
    number = 0
    while total is None or number < 2 * total:
        with trials.server() as server:
            state = {"left": number // 2, "process": None}

            def kill():
                state["process"].kill()
                state["process"].wait()

            def before(method, target, body):
                if state["process"] and state["left"] == 0 and number % 2 == 0:
                    kill()
                    return 500, b"{}"

            with Bench(trials, server, before) as bench:
                bench.write({"0": b"old"})
                bench.publish()
                old = bench.read()

                def after(record):
                    if state["process"]:
                        if state["left"] == 0 and number % 2:
                            kill()
                        state["left"] -= 1

                bench.write(contents)
                bench.proxy.taken()
                bench.proxy.after = after
                state["process"] = bench.start("kv-sync", bench.target, "--assets", bench.files, "--concurrency", "1")
                state["process"].communicate(timeout=PATIENCE)
                status = state["process"].returncode
                state["process"], bench.proxy.after = None, None
                sent = [record for record in bench.proxy.taken() if record.status == 200]
                if total is None:
                    # The first round is killed before its first request; the second counts them all.
                    total = len(bench.requests("kv-sync", bench.target, "--assets", bench.files, "--concurrency", "1"))
                else:
                    expect(f"killed at {number}", status, -9)
                    expect(f"what is read after {number}", bench.read() in (old, {**old, **contents}), True)
                    bench.proxy.taken()
                    bench.publish()
                again = bench.proxy.taken()
                # What was on the way when the process died it knows nothing of.
                known = {key for record in sent[:-1] for key in written(record)}
                expect(f"sent twice after {number}", known & {key for record in again for key in written(record)}, set())
                expect(f"in the end, after {number}", bench.read(), contents)
        number += 1
    print(f"    killed at {number} moments")


def written(record):
    """The keys that a request wrote."""
    if record.method == "PUT" and record.target.endswith("/bulk"):
        return [pair["key"] for pair in json.loads(record.body)]
    return [record.target.split("/values/")[1]] if record.method == "PUT" and "/values/" in record.target else []


TRIALS = {"wire": wire, "awkward": awkward, "refusals": refusals, "killed": killed}
