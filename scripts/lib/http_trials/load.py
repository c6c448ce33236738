"""Clients that write and read at the same time, and a server that is stopped meanwhile."""

import http.client
import json
import random
import signal
import threading
import time

from .serving import Client, Fault, expect, read_answer, sha256
from wasm_modules import module

CLIENTS = 8
DRAIN_TIME = 10  # seconds that a server has to finish requests in flight
GONE = (OSError, http.client.HTTPException)


class Load:
    """Every response is checked, and the store at the end."""

    def __init__(self, setting):
        self.setting = setting

    @property
    def trials(self):
        return [self.writers_and_readers, self.beside_other_processes, self.sigterm_drains, self.kill_loses_nothing]

    @property
    def seconds(self):
        return 6 if self.setting.is_quick else 60

    def writers_and_readers(self):
        with self.setting.server() as server:
            crowd = Crowd(server, self.setting.seed)
            crowd.run(self.seconds)
            crowd.check()
            print(f"    {crowd.counts()}")

    def beside_other_processes(self):
        """Commands and plain git change the same store at the same time."""
        with self.setting.server() as server:
            crowd = Crowd(server, self.setting.seed)
            crowd.start()
            limit, number = time.monotonic() + self.seconds, 0
            while time.monotonic() < limit:
                data, number = module(400, 1_000 + number), number + 1
                server.tool("add", "-", "by-command", input=data)
                expect("what a command added", server.ask("GET", "hash/by-command").text, sha256(data))
                server.git("pack-refs", "--all")
                if number % 5 == 0:
                    server.tool("gc", "--keep-history")
            crowd.end()
            crowd.acknowledged["main"]["by-command"] = sha256(data)
            crowd.check()
            print(f"    {crowd.counts()}, and {number} commands")

    def sigterm_drains(self):
        """Requests in flight are answered, no new ones are accepted, and the server ends in time with status 0."""
        for number in range(1 if self.setting.is_quick else 5):
            root, large = self.setting.new_root(), module(20_000_000, 1)
            with self.setting.server(root=root) as server:
                server.expect(200, None, "POST", "module/large", large)
                crowd = Crowd(server, self.setting.seed + number, is_ending=True)
                crowd.start()
                late = [module(900_000, 10 + index) for index in range(4)]
                uploads = [server.connect() for _ in late]
                for index, (connection, data) in enumerate(zip(uploads, late)):
                    connection.sendall(b"POST /api/v1/module/late-%d HTTP/1.1\r\nHost: localhost\r\n"
                                       b"Content-Length: %d\r\n\r\n" % (index, len(data)) + data[:500_000])
                reader = server.connect()
                reader.sendall(b"GET /api/v1/module/large HTTP/1.1\r\nHost: localhost\r\n\r\n")
                first = reader.recv(1_000)
                crowd.run_for(0.5)
                server.process.send_signal(signal.SIGTERM)
                began = time.monotonic()
                for connection, data in zip(uploads, late):
                    connection.sendall(data[500_000:])
                    expect("what an upload in flight is told", read_answer(connection).summary, (200, sha256(data).encode()))
                read = first
                while piece := reader.recv(1 << 20):
                    read += piece
                expect("what a reader gets", sha256(read.split(b"\r\n\r\n", 1)[1]), sha256(large))
                expect("exit status", server.process.wait(DRAIN_TIME + 5), 0)
                if time.monotonic() - began > DRAIN_TIME:
                    raise Fault(f"the server took {time.monotonic() - began:.1f} s to end")
                crowd.end()
            with self.setting.server(root=root) as server:
                crowd.acknowledged["main"]["large"] = sha256(large)
                for index, data in enumerate(late):
                    crowd.acknowledged["main"][f"late-{index}"] = sha256(data)
                crowd.check(server)

    def kill_loses_nothing(self):
        """All acknowledged changes exist after kill -9, and the store is intact."""
        root, source, crowd = self.setting.new_root(), random.Random(self.setting.seed), None
        for number in range(2 if self.setting.is_quick else 12):
            with self.setting.server(root=root) as server:
                crowd = Crowd(server, self.setting.seed + number, is_ending=True, before=crowd)
                crowd.start()
                crowd.run_for(source.uniform(0.2, 1.5))
                server.process.kill()
                server.process.wait()
                crowd.end()
            with self.setting.server(root=root) as server:
                crowd.check(server)


class Crowd:
    """Eight clients that write and eight that read. Each writer has its own paths, so it knows their contents."""

    def __init__(self, server, seed, is_ending=False, before=None):
        self.server, self.seed, self.is_ending = server, seed, is_ending
        # By branch and path: the last acknowledged hash, and the hashes that were sent but not acknowledged.
        self.acknowledged = before.acknowledged if before else {"main": {}, "dev": {}}
        self.open = {}
        self.faults, self.numbers, self.lock = [], {}, threading.Lock()
        self.stop = threading.Event()
        self.heads = []
        if not before:
            server.expect(200, None, "POST", "module/first", module(300, 1))
            server.expect(200, None, "POST", "branch/dev")
            for contents in self.acknowledged.values():
                contents["first"] = sha256(module(300, 1))
        self.tickets = json.loads(server.ask("GET", "versions/shared").text)

    # Running

    def start(self):
        work = [(self.write, index) for index in range(CLIENTS - 2)] + [(self.share, index) for index in range(2)]
        work += [(self.read, index) for index in range(CLIENTS)]
        self.threads = [threading.Thread(target=self.guarded, args=each) for each in work]
        for thread in self.threads:
            thread.start()

    def run_for(self, seconds):
        self.stop.wait(seconds)

    def run(self, seconds):
        self.start()
        self.run_for(seconds)
        self.end()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()
        if self.faults:
            raise Fault("\n    ".join(self.faults[:10]))

    def guarded(self, work, index):
        client = Client(self.server.port)
        try:
            work(client, index)
        except GONE as error:
            if not self.is_ending:
                self.fail(f"{work.__name__} {index}: {error!r}")
        except Fault as fault:
            self.fail(f"{work.__name__} {index}: {fault}")
        finally:
            client.close()

    def fail(self, text):
        self.faults.append(text)
        self.stop.set()

    def count(self, what):
        with self.lock:
            self.numbers[what] = self.numbers.get(what, 0) + 1

    def counts(self):
        return ", ".join(f"{count} {what}" for what, count in sorted(self.numbers.items()))

    # Writing

    def write(self, client, index):
        source = random.Random(self.seed * 100 + index)
        branch = "dev" if index % 3 == 2 else "main"
        on, contents = {"Wasmstore_Branch": branch}, self.acknowledged[branch]
        number = source.randrange(1 << 30)
        while not self.stop.is_set():
            path = f"w{index}/{source.randrange(6)}"
            data = module(source.choice((300, 5_000, 100_000, 1_300_000 if number % 20 == 0 else 2_000)), number)
            number, was = number + 1, contents.get(path)
            way = source.randrange(10)
            wanted = None if way >= 8 else sha256(data)
            self.open[branch, path] = wanted
            if way >= 8:
                answer = client.ask("DELETE", f"module/{path}", **on)
                expect("DELETE", answer.summary, (200, b""))
            elif way >= 6:
                # The condition is true, because no other client writes there.
                field = {"If_Match": f'"{was}"'} if was else {"If_None_Match": "*"}
                answer = client.ask("POST", f"module/{path}", data, **field, **on)
                expect("POST with a condition", answer.summary, (200, wanted.encode()))
            else:
                answer = client.ask("POST", f"module/{path}", data, **on)
                expect("POST", answer.summary, (200, wanted.encode()))
            contents[path] = wanted
            del self.open[branch, path]
            self.count("writes")
            if source.randrange(3) == 0:
                answer = client.ask("GET", f"module/{path}", **on)
                expect(f"what was just written at {path}", answer.summary, (200, data) if wanted else (404, b""))

    def share(self, client, index):
        """Two clients change one path, each only if it is as they last read it."""
        source = random.Random(self.seed * 100 + 50 + index)
        while not self.stop.is_set():
            data = module(500, source.randrange(1 << 30))
            tag = client.ask("GET", "module/shared")["ETag"]
            field = {"If_Match": tag} if tag else {"If_None_Match": "*"}
            self.open["main", "shared"] = None
            answer = client.ask("POST", "module/shared", data, **field)
            if answer.status == 200:
                with self.lock:
                    self.tickets.append([answer.text, answer["Wasmstore-Commit"]])
                self.count("shared writes")
            elif answer.status == 412:
                self.count("shared refusals")
            else:
                raise Fault(f"a shared write: {answer.summary}")

    # Reading

    def read(self, client, index):
        source = random.Random(self.seed * 100 + 80 + index)
        heads = []
        self.heads.append(heads)
        while not self.stop.is_set():
            branch = source.choice(("main", "dev"))
            on = {"Wasmstore_Branch": branch}
            path = source.choice(("first", "shared", *(f"w{source.randrange(6)}/{source.randrange(6)}",) * 4))
            way = source.randrange(10)
            if way < 7:
                answer = client.ask("GET", f"module/{path}", **on)
                self.check_module(answer, path)
            elif way == 7:
                listed = json.loads(client.ask("GET", "modules", **on).text)
                if "/first" not in listed or list(listed) != sorted(listed, key=lambda path: path.split("/")):
                    raise Fault(f"the list has {listed}")
            elif way == 8:
                heads.append(client.ask("GET", "snapshot").text)
            else:
                answer = client.ask("GET", f"module/{path}", Range="bytes=10-", **on)
                if answer.status not in (206, 404):
                    raise Fault(f"a part: {answer.summary}")
            self.count("reads")

    @staticmethod
    def check_module(answer, path):
        if answer.status == 404:
            if path == "first" or answer.body:
                raise Fault(f"{path}: {answer.summary}")
            return
        digest = sha256(answer.body)
        found = (answer.status, answer["Wasmstore-Hash"], answer["ETag"])
        expect(f"what {path} is called", found, (200, digest, f'"{digest}"'))

    # The end

    def check(self, server=None):
        """No acknowledged change is missing, and no head that was read is older than one read earlier."""
        server = server or self.server
        for branch, contents in self.acknowledged.items():
            listed = json.loads(server.ask("GET", "modules", Wasmstore_Branch=branch).text)
            for path, digest in contents.items():
                found = listed.get("/" + path)
                if found != digest and (branch, path) in self.open and found == self.open[branch, path]:
                    contents[path] = found  # the change was made, but the response did not arrive
                elif found != digest:
                    raise Fault(f"{path} on {branch} is {found}, not {digest}, which was acknowledged")
        versions = json.loads(server.ask("GET", "versions/shared").text)
        missing = [ticket for ticket in self.tickets if ticket not in versions]
        if missing or (not self.open and len(versions) != len(self.tickets)):
            raise Fault(f"of {len(self.tickets)} shared writes, {len(versions)} are there; missing: {missing[:5]}")
        order = {commit: place for place, commit in enumerate(
            server.git("rev-list", "--first-parent", "--reverse", "refs/heads/main").split())}
        for heads in self.heads:
            places = [order.get(head) for head in heads]
            if None in places or places != sorted(places):
                raise Fault(f"heads were read in the order {places}")
        server.expect_sound()
