"""The requests of the older tool's clients."""

import base64
import hashlib
import json
import re
import subprocess
from pathlib import Path

from . import serving
from .serving import Fault, Skipped, expect, sha256
from wasm_modules import module


class Clients:
    """Each trial has a server with a new store."""

    def __init__(self, setting):
        self.setting = setting
        self.one, self.two = module(2_000, 1), module(3_000, 2)
        self.hash_one, self.hash_two = sha256(self.one), sha256(self.two)

    @property
    def trials(self):
        return [
            self.the_python_client, self.the_python_client_with_keys, self.habits_of_addresses, self.no_redirects,
            self.exactly_200, self.bodies, self.module_responses, self.json_of_each_route, self.mistakes,
            self.errors_as_json, self.methods, self.the_branch_header, self.the_default_branch, self.merges,
            self.history, self.paths_with_escapes,
            self.messages_of_watch]

    def python(self, *words):
        python = self.setting.tools / "bin/python"
        if subprocess.run([python, "-c", "import wasmstore"], capture_output=True).returncode:
            raise Skipped("the older client is not installed; scripts/test does it")
        said = subprocess.run([python, Path(__file__).with_name("older_client.py"), *map(str, words)],
                              capture_output=True, text=True, timeout=serving.PATIENCE * 2)
        if said.returncode:
            raise Fault(said.stderr[-1500:])

    def the_python_client(self):
        with self.setting.server() as server:
            files = [self.setting.file(name, data) for name, data in (("one", self.one), ("two", self.two))]
            self.python("open", f"http://127.0.0.1:{server.port}", *files)

    def the_python_client_with_keys(self):
        self.setting.require_option("--auth")
        with self.setting.server("--auth", "secret:*;reader:GET") as server:
            self.python("keys", f"http://127.0.0.1:{server.port}", self.setting.file("one", self.one), "secret", "reader")

    def habits_of_addresses(self):
        """Double and trailing slashes, as the JavaScript, Go and Rust clients send them."""
        with self.setting.server() as server:
            server.expect(200, self.hash_one, "POST", "/api/v1/module//a/b.wasm", self.one)
            for target in ("module//a/b.wasm", "module/a//b.wasm", "module/a/b.wasm/", "/api//v1//module//a//b.wasm//",
                           f"module/{self.hash_one}", f"module//{self.hash_one}/"):
                server.expect(200, self.one, "GET", target)
            listed = json.dumps({"/a/b.wasm": self.hash_one}, separators=(",", ":"))
            for target in ("modules", "modules/", "modules//", "modules//a", "modules/a/", "modules//a/b.wasm/"):
                server.expect(200, listed, "GET", target)
            server.expect(200, self.hash_one, "GET", "hash//a/b.wasm")
            server.expect(200, self.hash_two, "POST", "module//a/b.wasm/", self.two)
            first = json.loads(server.ask("GET", "versions//a/b.wasm").text)[0][1]
            server.expect(200, self.one, "GET", "version/0//a/b.wasm")
            server.expect(200, "", "POST", f"hash/{self.hash_two}//c.wasm")
            server.expect(200, "", "POST", "rollback/")
            server.expect(404, "", "GET", "module/c.wasm")
            server.expect(200, "", "POST", "rollback//a/b.wasm")
            server.expect(200, self.hash_one, "GET", "hash/a/b.wasm")
            server.expect(200, "", "POST", f"restore/{first}//a/b.wasm")
            server.expect(200, "", "POST", f"restore/{first}/")
            server.expect(200, first, "GET", "snapshot/")
            server.expect(200, "", "POST", "branch//dev/")
            server.expect(200, "", "POST", "merge//dev/")
            server.expect(200, "", "DELETE", "branch//dev/")
            server.expect(200, "", "DELETE", "module//a/b.wasm/")
            server.expect(200, "{}", "GET", "modules/")

    def no_redirects(self):
        """Go and fetch change a redirected POST to a GET."""
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
                for target in ("/api/v1", "/api/v1/", "//api//v1//modules", "modules//", "module//a.wasm//", "branch/",
                               "rollback/", "merge/", "snapshot//", "hash/", "/", "//", "gc/"):
                    status = server.ask(method, target).status
                    if 300 <= status < 400:
                        raise Fault(f"{method} {target}: {status}")

    def exactly_200(self):
        """Go's client accepts only 200 as success, with any body."""
        with self.setting.server() as server:
            server.expect(200, self.hash_one, "POST", "module/a.wasm", self.one)
            server.expect(200, self.hash_one, "POST", "module/a.wasm", self.one)
            snapshot = server.expect(200, None, "GET", "snapshot").text
            for method, target in (
                    ("GET", "modules"), ("GET", "module/a.wasm"), ("HEAD", "module/a.wasm"), ("GET", "hash/a.wasm"),
                    ("POST", f"hash/{self.hash_one}/b.wasm"), ("POST", f"restore/{snapshot}"),
                    ("POST", f"restore/{snapshot}/a.wasm"), ("GET", f"commit/{snapshot}"), ("GET", "versions/a.wasm"),
                    ("GET", "version/0/a.wasm"), ("GET", "branches"), ("GET", "branch"), ("POST", "branch/dev"),
                    ("PUT", "branch/dev"), ("PUT", "branch/main"), ("PUT", "branch/new"), ("PUT", "branch/main"),
                    ("POST", "merge/dev"), ("DELETE", "branch/dev"), ("DELETE", "branch/dev"),
                    ("DELETE", "module/nope"), ("DELETE", "module/a.wasm"), ("POST", "rollback"),
                    ("POST", "rollback/a.wasm"), ("POST", "gc")):
                server.expect(200, None, method, target)

    def bodies(self):
        """Texts end without a newline, and a response without content has an empty body."""
        with self.setting.server() as server:
            server.expect(200, self.hash_one, "POST", "module/a.wasm", self.one)
            server.expect(200, self.hash_one, "GET", "hash/a.wasm")
            server.expect(200, "main", "GET", "branch")
            snapshot = server.ask("GET", "snapshot").text
            if not re.fullmatch(r"[0-9a-f]{40}", snapshot):
                raise Fault(f"snapshot: {snapshot!r}")
            for method, target in (
                    ("POST", f"hash/{self.hash_one}/b.wasm"), ("POST", "rollback"), ("POST", f"restore/{snapshot}"),
                    ("POST", "branch/dev"), ("PUT", "branch/dev"), ("PUT", "branch/main"), ("DELETE", "branch/dev"),
                    ("DELETE", "module/a.wasm"), ("POST", "gc"), ("HEAD", "branch")):
                server.expect(200, "", method, target)

    def module_responses(self):
        """The requirements of `instantiateStreaming`, and of Rust's client, for a module's response."""
        with self.setting.server() as server:
            made = server.expect(200, self.hash_one, "POST", "module/a.wasm", self.one)
            expect("commit", made["Wasmstore-Commit"], server.ask("GET", "snapshot").text)
            again = server.expect(200, self.hash_one, "POST", "module/a.wasm", self.one)
            expect("commit where nothing changed", again["Wasmstore-Commit"], None)
            for method, target in (("GET", "module/a.wasm"), ("HEAD", "module/a.wasm"), ("GET", "version/0/a.wasm"),
                                   ("GET", f"module/{self.hash_one}")):
                answer = server.expect(200, b"" if method == "HEAD" else self.one, method, target)
                found = [answer[name] for name in ("Content-Type", "Wasmstore-Hash", "ETag", "Content-Length")]
                expect(f"{method} {target}", found,
                       ["application/wasm", self.hash_one, f'"{self.hash_one}"', str(len(self.one))])
            missing = server.expect(404, "", "HEAD", "module/nope")
            expect("length of nothing", missing["Content-Length"], "0")

    def json_of_each_route(self):
        with self.setting.server() as server:
            commits = []
            for data in (self.one, self.two):
                server.ask("POST", "module/a.wasm", data)
                commits.append(server.ask("GET", "snapshot").text)

            def read(target):
                answer = server.ask("GET", target)
                expect(f"{target} is", (answer.status, answer["Content-Type"]), (200, "application/json"))
                return json.loads(answer.text)

            expect("modules", read("modules"), {"/a.wasm": self.hash_two})
            expect("versions", read("versions/a.wasm"), [[self.hash_one, commits[0]], [self.hash_two, commits[1]]])
            expect("versions of nothing", read("versions/nope"), [])
            expect("branches", read("branches"), ["main"])
            first, second = read(f"commit/{commits[0]}"), read(f"commit/{commits[1]}")
            expect("parents", (first["parents"], second["parents"]), ([], [commits[0]]))
            expect("kinds", [type(second[name]) for name in ("hash", "author", "message", "date", "time")],
                   [str, str, str, int, str])
            if not second["message"].startswith("Add /a.wasm") and "/a.wasm" not in second["message"]:
                raise Fault(f"message {second['message']!r}")

    def mistakes(self):
        """An error of the client is a status of 4xx, and changes nothing."""
        with self.setting.server() as server:
            server.expect(404, None, "GET", "snapshot")
            server.ask("POST", "module/a.wasm", self.one)
            server.ask("POST", "branch/dev")
            before = server.ask("GET", "snapshot").text
            unknown, missing = "ab" * 32, "cd" * 20
            for status, body, method, target in (
                    (404, "", "GET", "module/nope"), (404, "", "GET", f"module/{unknown}"), (404, "", "GET", "module/"),
                    (404, "", "GET", "module"), (404, "", "GET", "hash/nope"), (404, "", "GET", f"hash/{unknown}"),
                    (400, "invalid hash", "POST", "hash/abc/a.wasm"), (404, None, "POST", f"hash/{unknown}/a.wasm"),
                    (400, None, "POST", f"hash/{self.hash_one}"), (400, None, "POST", f"hash/{self.hash_one}/a.wasm/b"),
                    (400, "invalid hash", "GET", "commit/main"), (400, "invalid hash", "GET", "commit/"),
                    (404, "invalid commit", "GET", f"commit/{missing}"), (400, None, "GET", "versions"),
                    (400, None, "GET", "version/x/a.wasm"), (400, None, "GET", "version/-1/a.wasm"),
                    (404, "Not found", "GET", "version/1/a.wasm"), (404, "Not found", "GET", "version/0/nope"),
                    (404, "Not found", "GET", "version/99999999999999/a.wasm"), (400, None, "GET", "version/0"),
                    (400, "invalid hash in request", "POST", "restore/main"),
                    (400, "invalid hash in request", "POST", "restore/"),
                    (404, "commit not found", "POST", f"restore/{missing}"),
                    (404, None, "POST", f"restore/{before}/nope"), (404, None, "POST", "rollback/nope"),
                    (409, "Branch already exists", "POST", "branch/dev"), (405, None, "POST", "branch/"),
                    (400, None, "POST", "branch/a..b"), (409, None, "DELETE", "branch/main"),
                    (404, None, "POST", "merge/nope"), (404, "", "POST", "merge/"), (405, None, "GET", "branch/main"),
                    (404, "", "POST", "gc/x"), (404, "", "GET", "snapshot/x"),
                    (404, "", "GET", "/api/v1/nope"), (404, "", "GET", "/api/v2/modules"), (404, "", "POST", "/nope")):
                server.expect(status, body, method, target)
            for data, said in ((self.one[:12], "unexpected end-of-file"), (b"", "unexpected end-of-file")):
                server.expect(400, said, "POST", "module/a.wasm", data)
            server.expect(400, None, "POST", f"module/{self.hash_one}", self.one)
            server.expect(404, None, "POST", "module/", self.one)
            server.expect(400, None, "POST", "module/a.wasm/b", self.two)
            server.expect(200, before, "GET", "snapshot")

    def errors_as_json(self):
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            for method, target, status, code in (
                    ("GET", "module/nope", 404, "not_found"), ("GET", "commit/x", 400, "invalid_input"),
                    ("POST", "branch/main", 409, "exists"), ("GET", "/nope", 404, "not_found"),
                    ("PATCH", "modules", 405, "invalid_input"), ("POST", "module/a", 400, "invalid_module")):
                answer = server.ask(method, target, Accept="text/html, application/json;q=0.9")
                expect(f"{method} {target}", (answer.status, answer["Content-Type"]), (status, "application/json"))
                error = json.loads(answer.text)["error"]
                expect(f"{method} {target}", (error["code"], type(error["message"])), (code, str))

    def methods(self):
        with self.setting.server() as server:
            for method, target, allowed in (
                    ("POST", "modules", "GET, HEAD, OPTIONS"), ("PUT", "module/a", "GET, HEAD, POST, DELETE, OPTIONS"),
                    ("GET", "gc", "POST, OPTIONS"), ("PATCH", "branch/a", "POST, PUT, DELETE, OPTIONS")):
                answer = server.ask(method, target)
                expect(f"{method} {target}", (answer.status, answer["Allow"]), (405, allowed))
            for method, status in (("BREW", 400), ("get", 400), ("PROPFIND", 405), ("QUERY", 405)):
                expect(method, server.ask(method, "/api/v1/modules").status, status)

    def the_branch_header(self):
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            server.ask("POST", "branch/dev")
            dev = {"Wasmstore_Branch": "dev"}
            # Only POST module creates a missing branch, which is empty at first.
            server.expect(200, self.hash_two, "POST", "module/n.wasm", self.two, Wasmstore_Branch="new")
            server.expect(200, json.dumps({"/n.wasm": self.hash_two}, separators=(",", ":")), "GET", "modules",
                          Wasmstore_Branch="new")
            server.expect(200, self.hash_two, "POST", "module/a.wasm", self.two, **dev)
            server.expect(200, self.hash_one, "GET", "hash/a.wasm")
            server.expect(200, self.hash_two, "GET", "hash/a.wasm", **dev)
            server.expect(200, self.two, "GET", "module/a.wasm", **dev)
            server.expect(200, self.one, "GET", "version/0/a.wasm", **dev)
            expect("versions", len(json.loads(server.ask("GET", "versions/a.wasm", **dev).text)), 2)
            expect("versions", len(json.loads(server.ask("GET", "versions/a.wasm").text)), 1)
            server.expect(200, "", "POST", "rollback/a.wasm", **dev)
            server.expect(200, self.hash_one, "GET", "hash/a.wasm", **dev)
            server.expect(200, "", "POST", f"hash/{self.hash_two}/b.wasm", **dev)
            server.expect(404, "", "GET", "module/b.wasm")
            server.expect(200, "", "POST", "branch/second", **dev)
            server.expect(200, self.hash_two, "GET", "hash/b.wasm", Wasmstore_Branch="second")
            server.expect(200, "", "DELETE", "module/b.wasm", **dev)
            server.expect(404, "", "GET", "module/b.wasm", **dev)
            server.expect(200, "", "POST", "merge/second", **dev)
            server.expect(200, "", "POST", "merge/dev", Wasmstore_Branch="second")
            server.expect(200, "", "POST", "gc", **dev)
            heads = {name: server.ask("GET", "snapshot", Wasmstore_Branch=name).text for name in ("dev", "main", "new")}
            for name, head in heads.items():
                expect(f"head of {name}", server.git("rev-parse", f"refs/heads/{name}"), head)
            missing = {"Wasmstore_Branch": "missing"}
            for method, target in (
                    ("GET", "modules"), ("GET", "module/a.wasm"), ("HEAD", "module/a.wasm"), ("GET", "hash/a.wasm"),
                    ("GET", "snapshot"), ("GET", "versions/a.wasm"), ("GET", "version/0/a.wasm"),
                    ("POST", f"hash/{self.hash_one}/a.wasm"), ("POST", f"restore/{heads['main']}"), ("POST", "rollback"),
                    ("DELETE", "module/a.wasm"), ("POST", "merge/dev"), ("POST", "gc"), ("POST", "branch/x")):
                expect(f"{method} {target} on a missing branch", server.ask(method, target, **missing).status, 404)
            for name in ("a..b", "-x", "a b", "@{1}"):
                server.expect(400, None, "GET", "modules", Wasmstore_Branch=name)
            expect("branches", sorted(json.loads(server.ask("GET", "branches").text)), ["dev", "main", "new", "second"])

    def the_default_branch(self):
        """PUT changes it for all clients until the server ends, and not in the store."""
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            server.expect(200, "", "PUT", "branch/dev")
            server.expect(200, "dev", "GET", "branch")
            server.expect(200, self.hash_two, "POST", "module/a.wasm", self.two)
            server.expect(200, self.hash_one, "GET", "hash/a.wasm", Wasmstore_Branch="main")
            server.expect(409, None, "DELETE", "branch/dev")
            expect("HEAD", server.git("symbolic-ref", "HEAD"), "refs/heads/main")
            server.expect(200, "", "PUT", "branch/main")
            server.expect(200, "", "DELETE", "branch/dev")
            # A change by another process has an effect as long as no client of this server has changed it.
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            server.ask("POST", "branch/dev")
            server.expect(200, "main", "GET", "branch")
            server.tool("branch", "--default", "dev")
            server.expect(200, "dev", "GET", "branch")

    def merges(self):
        with self.setting.server() as server:
            server.ask("POST", "module/a.wasm", self.one)
            server.ask("POST", "module/dir/b.wasm", self.one)
            server.ask("POST", "branch/dev")
            for name, text in (("main", module(900, 5)), ("dev", module(900, 6))):
                for path in ("a.wasm", "dir/b.wasm"):
                    server.ask("POST", f"module/{path}", text, Wasmstore_Branch=name)
            before = server.ask("GET", "snapshot").text
            answer = server.expect(409, None, "POST", "merge/dev")
            expect("conflicts", answer.text.split("\n")[1:], ["/a.wasm", "/dir/b.wasm"])
            error = json.loads(server.ask("POST", "merge/dev", Accept="application/json").text)["error"]
            expect("conflicts", [item["path"] for item in error["conflicts"]], ["/a.wasm", "/dir/b.wasm"])
            server.expect(200, before, "GET", "snapshot")
            server.ask("POST", "module/a.wasm", module(900, 6))
            server.ask("POST", "module/dir/b.wasm", module(900, 6))
            answer = server.expect(200, "", "POST", "merge/dev")
            expect("commit", answer["Wasmstore-Commit"], server.ask("GET", "snapshot").text)

    def history(self):
        """Versions are counted from the oldest, and rollbacks form a stack."""
        with self.setting.server() as server:
            data = [module(700, seed) for seed in range(4)]
            for item in data:
                server.expect(200, sha256(item), "POST", "module/a.wasm", item)
            for number, item in enumerate(data):
                server.expect(200, item, "GET", f"version/{number}/a.wasm")
            for item in data[-2::-1]:
                server.expect(200, "", "POST", "rollback/a.wasm")
                server.expect(200, item, "GET", "module/a.wasm")
            server.expect(200, "", "POST", "rollback/a.wasm")
            server.expect(404, "", "GET", "module/a.wasm")
            server.expect(200, "", "DELETE", "module/a.wasm")
            server.expect(200, "", "DELETE", f"module/{'ab' * 32}")
            server.ask("POST", "module/x/1", data[0])
            server.ask("POST", "module/x/2", data[0])
            server.expect(200, "", "DELETE", f"module/{sha256(data[0])}")
            server.expect(200, "{}", "GET", "modules")
            server.ask("POST", "module/x/1", data[0])
            server.expect(200, "", "DELETE", "module/x")
            server.expect(200, "{}", "GET", "modules")

    def paths_with_escapes(self):
        """Escapes are decoded once, also in names that contain escapes."""
        with self.setting.server() as server:
            for target, path in (("module/a%20b.wasm", "/a b.wasm"), ("module/%c3%a4/x", "/ä/x"), ("module/p%2Fq", "/p/q"),
                                 ("module/100%25", "/100%"), ("module/a%2561", "/a%61"), ("module/a+b", "/a+b"),
                                 ("module/q%3Fx", "/q?x"), ("module/h%23x", "/h#x"), ("module/:@!$&'()*,;=", "/:@!$&'()*,;=")):
                server.expect(200, self.hash_one, "POST", target, self.one)
                expect(target, json.loads(server.ask("GET", "modules").text), {path: self.hash_one})
                server.expect(200, self.one, "GET", target)
                expect(target, server.tool("list"), f"{self.hash_one}\t{path}\n")
                server.expect(200, "", "DELETE", target)
            server.expect(200, self.hash_one, "POST", "module/a?query=1", self.one)
            server.expect(200, self.one, "GET", "module/a?version=2#x")
            server.expect(200, self.hash_one, "POST", "module/b", self.one, Wasmstore_Branch="renovate/@types/node-20.x")
            server.expect(200, "", "POST", "branch/release%2F1.0")
            expect("branches", sorted(json.loads(server.ask("GET", "branches").text)),
                   ["main", "release/1.0", "renovate/@types/node-20.x"])
            # The target of a request to a proxy contains the host too.
            answer = server.raw_ask(f"GET http://127.0.0.1:{server.port}/api/v1/hash/a HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            expect("absolute target", answer.summary, (200, self.hash_one.encode()))

    def messages_of_watch(self):
        """One text frame per commit, on the branch in the header; an invalid handshake is 400."""
        key = base64.b64encode(b"0123456789abcdef").decode()
        with self.setting.server() as server:
            server.ask("POST", "module/a", self.one)
            server.ask("POST", "branch/dev")
            server.expect(400, None, "GET", "watch")
            with server.connect() as connection:
                connection.sendall(
                    "GET /api/v1//watch/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nWasmstore-Branch: dev\r\n\r\n".encode())
                stream = connection.makefile("rb")
                head = []
                while (line := stream.readline().strip()):
                    head.append(line.decode())
                accept = base64.b64encode(
                    hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
                expect("status", head[0].split()[1], "101")
                expect("accepted", [line for line in head if line.lower() == f"sec-websocket-accept: {accept}".lower()] != [], True)
                server.ask("POST", "module/a", self.two)  # on another branch
                server.tool("--branch", "dev", "add", self.setting.file("two", self.two), "b")
                server.ask("POST", "module/a", self.two, Wasmstore_Branch="dev")
                server.ask("DELETE", "module/a", Wasmstore_Branch="dev")
                for wanted in ({"/b": {"action": "added", "hash": self.hash_two}},
                               {"/a": {"action": "updated", "hash": {"old": self.hash_one, "new": self.hash_two}}},
                               {"/a": {"action": "removed", "hash": self.hash_two}}):
                    expect("message", json.loads(frame(stream)), wanted)


def frame(stream):
    """The text of the next message; pings are skipped."""
    while True:
        first, length = stream.read(2)
        if length == 126:
            length = int.from_bytes(stream.read(2), "big")
        data = stream.read(length)
        if first == 0x81:
            return data
        if first != 0x89:
            raise Fault(f"a frame that begins with {first:#x}")
