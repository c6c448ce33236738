"""Publishes through a server that fails on purpose, kills publishers and the server, and has a reader that is not ours
look at what is there."""

import hashlib
import http.client
import json
import re
import signal
import subprocess
import time
from pathlib import Path

import published
from stores import PATIENCE, Broken, Store

FAULTS = "refused=0.04,failed=0.05,reset=0.05,partial=0.15,slow=0.1,delay=20"
TRIES = 60  # of a reader, which the server fails as it fails others
ALLOWED = {0, 4, 11, 13, -signal.SIGKILL}  # moved, locked, the service failed, and killed
HOUR = 3600
NAMESPACES = "/client/v4/accounts/a/storage/kv/namespaces"


class Server:
    """A kv-server that fails on purpose; it can be killed, and its clock put forward."""

    def __init__(self, store, source):
        self.store, self.source, self.port, self.ahead, self.process = store, source, 0, 0, None
        self.data = f"{store.folder}/kv.db"
        self.start()

    def start(self):
        faults = f"{FAULTS},seed={self.source.randrange(1 << 32)},ahead={self.ahead}"
        self.process = subprocess.Popen(
            [self.store.program, "kv-server", "--host", "127.0.0.1", "--port", str(self.port), "--data", self.data,
             "--faults", faults], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        found = re.fullmatch(r"Listening on http://127\.0\.0\.1:(\d+)\n", line)
        if not found:
            raise Broken(f"the server printed {line!r}")
        self.port = int(found[1])

    def kill(self, ahead=0):
        """Kills the server and starts it anew, with its clock so many seconds further ahead."""
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()
        self.ahead += ahead
        self.start()

    def get(self, path, absent=None):
        """The body of an answer, however often it takes; `absent` for 404."""
        for _ in range(TRIES):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
            except (http.client.HTTPException, OSError):
                continue
            finally:
                connection.close()
            if response.status == 200:
                return body
            if response.status == 404:
                return absent
        raise Broken(f"{path}: no answer in {TRIES} tries")


class Site:
    """A namespace of the server, the store that is published there, and what must hold of both."""

    def __init__(self, store, server, name):
        self.store, self.server, self.name = store, server, name
        self.target = f"http://127.0.0.1:{server.port}/{name}"
        self.environment = store.environment | {"WASMSTORE_TEST_RETRY_WAIT": "0.02"}
        self.said, self.deleted = [], 0

    def start(self, *words):
        return subprocess.Popen(
            [self.store.program, "--root", self.store.root, *words], env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(self, process, allowed=ALLOWED):
        """Waits for a command; its status and output."""
        output, errors = process.communicate(timeout=PATIENCE)
        if process.returncode not in allowed:
            raise Broken(f"{' '.join(process.args[3:])}: exit {process.returncode}: {errors.strip()}")
        return process.returncode, output

    def run(self, *words):
        return self.end(self.start(*words))

    def publish(self, *words):
        """Begins to publish the branch as it is now."""
        return self.start("kv-sync", self.target, "--concurrency", "3", "--lock-timeout", "1", "-v", *words)

    def prune(self, keep):
        """Begins to prune."""
        return self.start("kv", "prune", self.target, "--yes", "--keep", str(keep), "--grace", "3h", "--lock-timeout", "1")

    def prune_ended(self, process):
        code, output = self.end(process, ALLOWED | {1})
        found = re.search(r"^deleted (\d+)", output, re.M)
        self.deleted += int(found[1]) if code == 0 and found else 0

    def ended(self, process):
        """What a publish that was begun came to; a revision that it printed is one that must be in the log."""
        code, output = self.end(process)
        found = re.search(r"^revision (\d+)$", output, re.M)
        if code == 0 and found:
            point = re.search(r"^point\t\S+\t\S+\t(\w+)$", output, re.M)
            self.said.append((int(found[1]), point and point[1]))
        return code

    def head(self, route):
        return json.loads(self.server.get(f"/{self.name}/.wasmstore/v1/{route}", b"{}"))

    def namespace(self):
        listed = json.loads(self.server.get(f"{NAMESPACES}?per_page=1000"))["result"]
        return next((space["id"] for space in listed if space["title"] == self.name), None)

    def journals(self):
        """The epoch and the keys of each journal that a publish left behind."""
        for path in Path(self.store.root, "kv").glob("*.journal"):
            lines = path.read_text().split("\n")[:-1]
            if lines and json.loads(lines[0])["target"] == self.target:
                head = json.loads(lines[0])
                yield head, {key: line["at"] for line in map(json.loads, lines[1:]) for key in line["keys"]}

    def check_resumption(self):
        """What was acknowledged is not sent again."""
        state = self.head("head/default/main")
        code, output = self.run("kv-sync", self.target, "--dry-run")
        if code:
            return
        wanted = set(re.findall(r"^upload\t(\S+)", output, re.M))
        for head, keys in self.journals():
            fresh = {key for key, at in keys.items() if at > state["now"] - HOUR + PATIENCE}
            if head["epoch"] == state["epoch"] and head["namespace"] == self.namespace() and wanted & fresh:
                raise Broken(f"{len(wanted & fresh)} acknowledged keys would be sent again, such as {min(wanted & fresh)}")

    def check(self):
        """The log has no gap and all that was said, and each version that is kept can be read whole."""
        namespace = self.namespace()
        values = {}

        def get(key):
            if key not in values:
                value = self.server.get(f"{NAMESPACES}/{namespace}/values/{key.replace('/', '%2F')}")
                if value is None:
                    raise Broken(f"{self.name}: a manifest names {key}, which is absent")
                values[key] = value
            return values[key]

        versions = 0
        for summary in self.head("heads").get("heads", []):
            name = f"{summary['store']}/{summary['branch']}"
            log = self.head(f"log/{name}?limit=1000")
            entries = log["entries"]
            if [entry["revision"] for entry in entries] != list(range(len(entries), 0, -1)):
                raise Broken(f"{name}: the log has gaps")
            manifests = {entry["revision"]: entry["manifest"] for entry in entries}
            for revision, manifest in self.said:
                if manifests.get(revision) != manifest:
                    raise Broken(f"{name}: revision {revision} is not what its publisher was told")
            for entry in entries:
                if entry["revision"] < log["floor"]:
                    continue
                try:
                    files = published.files(get, entry["manifest"])
                except published.Unreadable as fault:
                    raise Broken(f"{name} {entry['revision']}: {fault}") from fault
                versions += 1
                self.compare(entry, files)
        return versions

    def compare(self, entry, files):
        """A version has the files of the commit that it names."""
        listed = self.store.git("ls-tree", "-r", "-z", entry["commit"]).split("\0")
        blobs = {line.split("\t", 1)[1]: line.split()[2] for line in filter(None, listed)}
        found = {}
        for path, (_, data) in files.items():
            found[path.decode()] = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        if found != blobs:
            raise Broken(f"revision {entry['revision']} is not commit {entry['commit']}")


def change(site, source, count):
    """Adds, changes and removes some modules."""
    store = site.store
    for _ in range(source.randrange(1, count)):
        number = source.randrange(40)
        if source.random() < 0.2:
            store.run("remove", f"d{number % 5}/m{number}.wasm", check=False)
        else:
            store.run("add", store.source(source.randrange(1 << 30))[0], f"d{number % 5}/m{number}.wasm")


def round_of(site, source):
    """One thing that happens to a site."""
    what = source.choice(["publish", "kill", "kill", "kill", "race", "server", "rollback", "prune", "prune", "late"])
    if what != "rollback":
        change(site, source, 6)
    if what == "publish":
        site.ended(site.publish())
    elif what == "kill":
        process = site.publish()
        time.sleep(source.random() ** 2 * 0.6)
        process.kill()
        site.ended(process)
        site.check_resumption()
    elif what == "race":
        first = site.publish()
        change(site, source, 3)
        second = site.publish()
        pruning = site.prune(2) if source.random() < 0.5 else None
        site.ended(first)
        site.ended(second)
        if pruning:
            site.prune_ended(pruning)
    elif what == "server":
        process = site.publish()
        time.sleep(source.random() * 0.3)
        site.server.kill(source.choice([0, 1800, 4 * HOUR]))
        site.ended(process)
    elif what == "rollback":
        # There may be no earlier version.
        site.end(site.start("kv", "rollback", site.target), ALLOWED | {1})
    elif what == "prune":
        site.server.kill(source.choice([0, 4 * HOUR, 30 * HOUR]))
        process = site.publish() if source.random() < 0.5 else None
        pruning = site.prune(source.randrange(1, 4))
        if source.random() < 0.3:
            time.sleep(source.random() * 0.3)
            pruning.kill()
        site.prune_ended(pruning)
        if process:
            site.ended(process)
    elif what == "late":
        site.ended(site.publish("--force"))


def faults(store, size, source):
    """Runs of some rounds each, every one in a namespace of its own."""
    server = Server(store, source)
    versions = deleted = 0
    try:
        for number in range(size):
            part = Store(f"{store.folder}/run{number}", store.program, store.seed + number)
            site = Site(part, server, f"run{number}")
            change(site, source, 30)
            for _ in range(source.randrange(4, 9)):
                round_of(site, source)
                site.check()
            # Whatever happened, the newest commit can be published; a prune that was killed holds its lease for a while.
            server.kill(HOUR)
            for _ in range(20):
                code = site.ended(site.publish("--force"))
                if code == 0:
                    break
            if code:
                raise Broken(f"run {number}: it cannot be published any more: exit {code}")
            versions += site.check()
            newest = site.head("head/default/main")["entries"][0]
            if newest["tree"] != part.git("rev-parse", "main^{tree}").strip():
                raise Broken(f"run {number}: the head is not the branch")
            deleted += site.deleted
    finally:
        server.process.kill()
        server.process.wait()
        server.process.stderr.close()
    return f"{size} runs; {versions} versions were read whole, {deleted} keys pruned"


# section, its size in full and in the quick form
SECTIONS = {"publishing": (faults, 200, 10)}
