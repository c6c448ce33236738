"""Changes to the store by another process are visible in the very next request."""

import json
import random
from pathlib import Path

from .serving import Fault, expect, sha256
from wasm_modules import module


class Snapshots:
    """Compares the server's responses with a plain list of changes, without a pause in between."""

    def __init__(self, setting):
        self.setting = setting
        self.random = random.Random(setting.seed)

    @property
    def trials(self):
        return [self.random_rounds, self.branches, self.gc_takes_what_was_sent, self.raw_copies, self.a_store_that_is_replaced]

    def random_rounds(self):
        rounds = 60 if self.setting.is_quick else 200
        with self.setting.server() as server:
            Rounds(self.setting, server, self.random).run(rounds)
            server.expect_sound()

    def branches(self):
        with self.setting.server() as server:
            data = module(1_000, 1)
            server.expect(200, None, "POST", "module/a", data)
            for number in range(5 if self.setting.is_quick else 20):
                on = {"Wasmstore_Branch": "dev"}
                server.tool("branch", "dev")
                server.expect(200, data, "GET", "module/a", **on)
                server.tool("branch", "dev", "--delete")
                server.expect(404, None, "GET", "module/a", **on)
                server.git("update-ref", "refs/heads/dev", "refs/heads/main")
                server.expect(200, data, "GET", "module/a", **on)
                server.git("pack-refs", "--all")
                server.expect(200, data, "GET", "module/a", **on)
                server.git("branch", "-m", "dev", "other")
                server.expect(404, None, "GET", "module/a", **on)
                expect("branches", json.loads(server.ask("GET", "branches").text), ["main", "other"])
                server.git("branch", "-D", "other")
                # A folder in the place of a file, and the reverse
                server.git("branch", f"deep/{number}", "main")
                server.expect(200, data, "GET", "module/a", Wasmstore_Branch=f"deep/{number}")
                server.git("branch", "-D", f"deep/{number}")
                server.expect(404, None, "GET", "module/a", Wasmstore_Branch=f"deep/{number}")

    def gc_takes_what_was_sent(self):
        """Data that was in memory a moment ago is not served after it was deleted from the store."""
        with self.setting.server() as server:
            for number in range(3 if self.setting.is_quick else 10):
                small, large = module(5_000, number), module(2_000_000, number)
                kept = module(3_000, number)
                for path, data in (("small", small), ("large", large), ("kept", kept)):
                    server.expect(200, sha256(data), "POST", f"module/{path}", data)
                    server.expect(200, data, "GET", f"module/{path}")
                server.tool("remove", "small", "large")
                for target in ("module/small", "module/large", f"module/{sha256(small)}", f"module/{sha256(large)}"):
                    server.expect(404, "", "GET", target)
                server.expect(200, small, "GET", "version/0/small")
                server.tool("gc", "--expire-now", "--yes")
                server.expect(200, kept, "GET", "module/kept")
                server.expect(200, "[]", "GET", "versions/small")
                server.expect(404, None, "POST", f"hash/{sha256(small)}/again")
                server.expect(404, None, "POST", f"hash/{sha256(large)}/again")
            server.expect_sound()

    def raw_copies(self):
        """Bytes are correct after gc, or any process, removed the raw copies of large modules."""
        data = [module(2_000_000 + number, number) for number in range(3)]
        with self.setting.server() as server:
            for number, item in enumerate(data):
                server.expect(200, sha256(item), "POST", f"module/{number}", item)
            for number in range(4 if self.setting.is_quick else 20):
                for index, item in enumerate(data):
                    server.expect(200, item, "GET", f"module/{index}")
                copies = [path for path in Path(server.root, "modules").rglob("*") if path.is_file()]
                expect("copies", len(copies), len(data))
                if number % 2:
                    server.tool("gc", "--expire-now", "--yes")
                else:
                    for path in copies:
                        path.unlink()
            # A reader that started earlier continues, and gets the bytes that it started with.
            with server.connect() as connection:
                connection.sendall(b"GET /api/v1/module/0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                read = connection.recv(1_000)
                server.tool("gc", "--expire-now", "--yes")
                while piece := connection.recv(1 << 16):
                    read += piece
            expect("bytes", read.split(b"\r\n\r\n", 1)[1], data[0])
            # A copy whose bytes have changed is not served.
            server.expect(200, data[0], "GET", "module/0")
            copy = Path(server.root, "modules", sha256(data[0])[:2], sha256(data[0])[2:])
            if not copy.exists():
                copy = next(path for path in Path(server.root, "modules").rglob("*") if sha256(data[0])[2:] in path.name)
            copy.chmod(0o644)
            copy.write_bytes(data[0][:-1] + b"x")
            server.expect(200, data[0], "GET", "module/0")
            server.expect_sound()

    def a_store_that_is_replaced(self):
        """HEAD, packed-refs and objects change under the server: a fetch, a repack, another default branch."""
        with self.setting.server() as server:
            data = [module(900, seed) for seed in range(6)]
            for number, item in enumerate(data):
                server.expect(200, sha256(item), "POST", f"module/{number}", item)
            server.git("repack", "-a", "-d", "-q")
            server.git("prune-packed", "-q")
            for number, item in enumerate(data):
                server.expect(200, item, "GET", f"module/{number}")
                server.expect(200, item, "GET", f"version/0/{number}")
            clone = self.setting.folder / "bare"
            server.git("clone", "--quiet", "--bare", server.root, clone, folder=self.setting.folder)
            server.expect(200, None, "POST", "module/0", data[1])
            server.git("fetch", "--quiet", clone, "+refs/heads/main:refs/heads/fetched")
            server.expect(200, data[0], "GET", "module/0", Wasmstore_Branch="fetched")
            server.git("symbolic-ref", "HEAD", "refs/heads/fetched")
            server.expect(200, data[0], "GET", "module/0")
            server.git("symbolic-ref", "HEAD", "refs/heads/main")
            server.expect(200, data[1], "GET", "module/0")


class Rounds:
    """Random changes by other programs, each followed by requests."""

    def __init__(self, setting, server, source):
        self.setting, self.server, self.random = setting, server, source
        self.contents = {}
        self.data = {sha256(item): item for item in (module(600 + 100 * seed, seed) for seed in range(8))}
        self.files = {digest: setting.file(f"{digest[:8]}.wasm", item) for digest, item in self.data.items()}
        self.tree = setting.folder / "tree"

    def run(self, rounds):
        self.add()
        self.server.git("clone", "--quiet", self.server.root, self.tree, folder=self.setting.folder)
        ways = [self.add, self.add, self.add, self.remove, self.set, self.push, self.pack, self.collect, self.update,
                self.through_the_server]
        for number in range(rounds):
            way = self.random.choice(ways)
            way()
            self.check(f"round {number}, after {way.__name__}")

    def check(self, when):
        expected = {f"/{path}": digest for path, digest in sorted(self.contents.items())}
        found = self.server.ask("GET", "modules")
        expect(f"modules, {when}", json.loads(found.text), expected)
        expect(f"order, {when}", list(json.loads(found.text)), sorted(expected, key=lambda path: path.split("/")))
        for path in self.random.sample(self.paths, 3):
            digest = self.contents.get(path)
            answer = self.server.ask("GET", f"module/{path}")
            wanted = (200, self.data[digest], f'"{digest}"') if digest else (404, b"", None)
            expect(f"{path}, {when}", (*answer.summary, answer["ETag"]), wanted)
        if self.server.ask("GET", "snapshot").text != self.server.git("rev-parse", "refs/heads/main"):
            raise Fault(f"the head, {when}")

    paths = ["a", "b", "dir/a", "dir/b", "dir/deep/a", "dir-b", "z"]

    def any_module(self):
        return self.random.choice(sorted(self.data))

    def add(self):
        path, digest = self.random.choice(self.paths), self.any_module()
        self.server.tool("add", self.files[digest], path)
        self.contents[path] = digest

    def remove(self):
        path = self.random.choice(self.paths)
        self.server.tool("remove", path, status=0 if path in self.contents else 1)
        self.contents.pop(path, None)

    def set(self):
        if self.contents:
            path, digest = self.random.choice(self.paths), self.random.choice(sorted(self.contents.values()))
            self.server.tool("set", digest, path)
            self.contents[path] = digest

    def push(self):
        """Changes a clone with plain git and pushes it."""
        path, digest = self.random.choice(self.paths), self.any_module()
        self.server.git("fetch", "--quiet", "origin", folder=self.tree)
        self.server.git("reset", "--quiet", "--hard", "origin/main", folder=self.tree)
        file = self.tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.data[digest])
        self.server.git("add", "--all", folder=self.tree)
        self.server.git("commit", "--quiet", "--allow-empty", "--message", "pushed", folder=self.tree)
        self.server.git("push", "--quiet", "origin", "HEAD:refs/heads/main", folder=self.tree)
        self.contents[path] = digest

    def pack(self):
        self.server.git("pack-refs", "--all")

    def collect(self):
        self.server.tool("gc", *self.random.choice(([], ["--keep-history"], ["--expire-now", "--yes"])))

    def update(self):
        """Goes one commit back without our locks, and forward again."""
        head = self.server.git("rev-parse", "refs/heads/main")
        parents = self.server.git("rev-list", "--parents", "-n", "1", head).split()[1:]
        if parents:
            self.server.git("update-ref", "refs/heads/main", parents[0])
            expect("the parent", self.server.ask("GET", "snapshot").text, parents[0])
            self.server.git("update-ref", "refs/heads/main", head)

    def through_the_server(self):
        path, digest = self.random.choice(self.paths), self.any_module()
        self.server.expect(200, digest, "POST", f"module/{path}", self.data[digest])
        self.contents[path] = digest
