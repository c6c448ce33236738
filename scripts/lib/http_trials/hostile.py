"""Clients that are slow, endless, malformed or idle. The server must continue to respond, and its memory must stay
small."""

import json
import resource
import socket
import subprocess
import threading
import time

from .serving import IDLE_TIME, PATIENCE, Fault, Skipped, expect, read_all, read_answer, sha256
from wasm_modules import module, text, unsigned

MEMORY_LIMIT = 256 << 20
PACE_TIME = 30  # seconds that a client may be slow, from the page on the interface
END = b"Host: localhost\r\nConnection: close\r\n\r\n"


class Hostile:
    def __init__(self, setting):
        self.setting = setting

    @property
    def trials(self):
        return [
            self.crooked_requests, self.paths, self.wrong_lengths, self.half_closed, self.large_heads, self.endless_chunks,
            self.two_gigabytes, self.readers_that_never_read, self.many_uploads_at_once, self.idle_connections,
            self.slow_clients]

    def expect_well(self, server, data):
        """The server responds as before, and its memory is small."""
        server.own.close()
        server.expect(200, data, "GET", "module/good")
        if server.resident > MEMORY_LIMIT:
            raise Fault(f"the server took {server.resident >> 20} MB of memory")

    def server(self, *options):
        server = self.setting.server(*options)
        self.data = module(3_000, 1)
        server.expect(200, sha256(self.data), "POST", "module/good", self.data)
        return server

    def crooked_requests(self):
        """An invalid request gets 400, and the connection ends."""
        get = b"GET /api/v1/branch HTTP/1.1\r\n"
        post = b"POST /api/v1/module/a HTTP/1.1\r\n"
        crooked = {
            "an unknown method": b"BREW /api/v1/branch HTTP/1.1\r\n" + END, "garbage": b"\x16\x03\x01\x02\0\x01\r\n\r\n",
            "HTTP/0.9": b"GET /api/v1/branch\r\n\r\n", "HTTP/3": b"GET /api/v1/branch HTTP/3.0\r\n" + END,
            "a field without a colon": get + b"Nonsense\r\n" + END, "a space before the colon": get + b"Name : a\r\n" + END,
            "a folded field": get + b"Name: a\r\n b\r\n" + END, "NUL in a field": get + b"Name: a\0b\r\n" + END,
            "NUL in the target": b"GET /api/v1/bra\0nch HTTP/1.1\r\n" + END, "bare line feeds": get.replace(b"\r", b"") + b"\n",
            "bytes beyond ASCII": b"GET /api/v1/module/\xc3\xa4 HTTP/1.1\r\n" + END,
            "a negative length": post + b"Content-Length: -1\r\n" + END, "a length that is none": post + b"Content-Length: x\r\n" + END,
            "two lengths": post + b"Content-Length: 1\r\nContent-Length: 2\r\n" + END + b"ab",
            "a length and chunks": post + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n" + END + b"0\r\n\r\n",
            "an unknown coding": post + b"Transfer-Encoding: gzip\r\n" + END,
            "a chunk without a size": post + b"Transfer-Encoding: chunked\r\n" + END + b"zz\r\n",
            "a chunk beyond numbers": post + b"Transfer-Encoding: chunked\r\n" + END + b"f" * 40 + b"\r\n",
        }
        with self.server() as server:
            for name, data in crooked.items():
                with server.connect(5) as connection:
                    connection.sendall(data)
                    answer = read_all(connection)
                if not answer.startswith(b"HTTP/1.1 400 "):
                    raise Fault(f"{name}: {answer[:200]!r}")
                # The same as the second request of a connection.
                with server.connect(5) as connection:
                    connection.sendall(b"GET /api/v1/branch HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    expect("a good request", read_answer(connection).summary, (200, b"main"))
                    connection.sendall(data)
                    answer = read_all(connection)
                if answer and not answer.startswith(b"HTTP/1.1 400 "):
                    raise Fault(f"{name} after a good one: {answer[:200]!r}")
            self.expect_well(server, self.data)

    def paths(self):
        """No path leads out of the branch, and a path that is rejected here is not accepted in another form."""
        bad = ["..", "../a", "a/../b", "%2e%2e/a", "a/%2e%2e/b", "%2E%2e%2Fa", "a%2f..%2fb", ".", "a/./b", "%2e", "a%00", "%00",
               "a%0ab", "%7f", "%ff", "%c0%ae%c0%ae/a", "%c0%af", "%e0%80%af", "%ed%a0%80", "%f4%90%80%80", "%", "%4", "%zz",
               ".git", "a/.git/config", ".GIT", "git~1", ".gitmodules", ".git%20", ".git%e2%80%8c", "a" * 256, "a/" * 65 + "b",
               "b" * 200 + "/" + "c" * 200 + "/" + "d" * 200 + "/" + "e" * 200 + "/" + "f" * 200 + "/" + "g" * 100]
        with self.server() as server:
            before = server.ask("GET", "snapshot").text
            for path in bad:
                for method, target in (("GET", f"module/{path}"), ("POST", f"module/{path}"), ("DELETE", f"module/{path}"),
                                       ("GET", f"modules/{path}"), ("GET", f"versions/{path}"), ("GET", f"log/{path}"),
                                       ("POST", f"hash/{sha256(self.data)}/{path}"), ("POST", f"restore/{before}/{path}")):
                    answer = server.ask(method, target, self.data if target.startswith("module/") and method == "POST" else None)
                    expect(f"{method} {target}", answer.status, 400)
            for name in ("..", "a..b", "%2e%2e/x", "-x", "a%00", "a%20b", "x.lock", "%40", "a%40%7bb"):
                for method, target in (("POST", f"branch/{name}"), ("PUT", f"branch/{name}"), ("DELETE", f"branch/{name}"),
                                       ("POST", f"merge/{name}"), ("POST", f"tag/{name}"), ("DELETE", f"tag/{name}")):
                    expect(f"{method} {target}", server.ask(method, target).status, 400)
            server.expect(200, before, "GET", "snapshot")
            expect("branches", json.loads(server.ask("GET", "branches").text), ["main"])
            self.expect_well(server, self.data)

    def wrong_lengths(self):
        data = module(1_000, 5)
        with self.server() as server:
            # Longer than the body sent: nothing is stored.
            with server.connect() as connection:
                connection.sendall(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n" + data)
                connection.shutdown(socket.SHUT_WR)
                answer = read_all(connection)
                if answer and not answer.startswith(b"HTTP/1.1 400"):
                    raise Fault(f"too long: {answer[:200]!r}")
            server.expect(404, "", "GET", "module/a")
            # Shorter: the rest is not a valid request.
            answer = server.raw(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n" + data)
            if not answer.startswith(b"HTTP/1.1 400"):
                raise Fault(f"too short: {answer[:200]!r}")
            server.expect(404, "", "GET", "module/a")
            # An unexpected body is skipped, and not taken for the next request.
            hidden = b"DELETE /api/v1/module/good HTTP/1.1\r\nHost: localhost\r\n\r\n"
            with server.connect() as connection:
                connection.sendall(b"GET /api/v1/branch HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(hidden)
                                   + hidden)
                expect("a body of GET", read_answer(connection).summary, (200, b"main"))
            self.expect_well(server, self.data)

    def half_closed(self):
        """A client that closes its sending side still gets its response."""
        with self.server() as server:
            for request, body in ((b"GET /api/v1/module/good HTTP/1.1\r\nHost: localhost\r\n\r\n", self.data),
                                  (b"POST /api/v1/branch/dev HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", b""),
                                  (b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000\r\n\r\n" + self.data,
                                   sha256(self.data).encode())):
                with server.connect() as connection:
                    connection.sendall(request)
                    connection.shutdown(socket.SHUT_WR)
                    expect(request[:30], read_answer(connection).summary, (200, body))
            self.expect_well(server, self.data)

    def large_heads(self):
        """64 KiB of header fields are accepted, more are 400."""
        with self.server() as server:
            fine = b"GET /api/v1/branch HTTP/1.1\r\nName: " + b"a" * 60_000 + b"\r\n" + END
            if not server.raw(fine).startswith(b"HTTP/1.1 200"):
                raise Fault("60,000 bytes are refused")
            for name, head in (("one field", b"Name: " + b"a" * 1_000_000 + b"\r\n"),
                               ("many fields", b"".join(b"Name-%d: a\r\n" % number for number in range(60_000))),
                               ("no end", b"Name: " + b"a" * 3_000_000)):
                with server.connect(10) as connection:
                    try:
                        connection.sendall(b"GET /api/v1/branch HTTP/1.1\r\n" + head + END)
                    except OSError:
                        pass  # rejected before it was sent completely
                    answer = read_all(connection)
                if answer and not answer.startswith(b"HTTP/1.1 400"):
                    raise Fault(f"{name}: {answer[:200]!r}")
            with server.connect(10) as connection:
                try:
                    connection.sendall(b"GET /api/v1/" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + END)
                except OSError:
                    pass
                answer = read_all(connection)
            if answer and not answer.startswith(b"HTTP/1.1 400"):
                raise Fault(f"a long target: {answer[:200]!r}")
            self.expect_well(server, self.data)

    def endless_chunks(self):
        """A limit ends endless bodies and trailers; extensions of chunks are not kept."""
        start = b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        filler = b"\0asm\1\0\0\0" + b"\0" + unsigned((1 << 31) - 20) + text(b"filler")
        with self.server("--max-body", "5MB") as server:
            with server.connect(20) as connection:
                sent = send_until_refused(connection, start + b"%x\r\n" % len(filler) + filler + b"\r\n",
                                          b"10000\r\n" + bytes(1 << 16) + b"\r\n", 200 << 20)
                answer = read_all(connection)
            if not answer.startswith(b"HTTP/1.1 413") or sent > 64 << 20:
                raise Fault(f"an endless body, after {sent} bytes: {answer[:200]!r}")
            with server.connect(20) as connection:
                send_until_refused(connection, start + b"5;name=", b"a" * (1 << 16), 64 << 20)
            with server.connect(20) as connection:
                sent = send_until_refused(connection, start + b"8\r\n\0asm\1\0\0\0\r\n0\r\n", b"Name: " + b"a" * 1_000 + b"\r\n",
                                          64 << 20)
            if sent > 32 << 20:
                raise Fault(f"{sent} bytes of trailers are accepted")
            server.expect(404, "", "GET", "module/a")
            self.expect_well(server, self.data)

    def two_gigabytes(self):
        """It is rejected by its announced length; without one, at the limit."""
        file = self.setting.folder / "2.wasm"
        with file.open("wb") as opened:
            opened.truncate(2 << 30)
        with self.server() as server:
            for options in ((), ("--header", "Expect:")):
                said = subprocess.run(
                    ["curl", "--silent", "--show-error", "--upload-file", file, "--request", "POST", *options, "--write-out",
                     "%{http_code} %{size_upload}", "--output", "/dev/null", f"http://127.0.0.1:{server.port}/api/v1/module/a"],
                    capture_output=True, text=True, timeout=PATIENCE)
                status, sent = said.stdout.split()
                if status != "413" or int(sent) > 64 << 20:
                    raise Fault(f"2 GB: {said.stdout} {said.stderr}")
            self.expect_well(server, self.data)
        file.unlink()

    def readers_that_never_read(self):
        """The data that they requested waits in the system's buffers, not in the server's."""
        large = module(20_000_000, 2)
        with self.server() as server:
            server.expect(200, None, "POST", "module/large", large)
            server.expect(200, None, "POST", "module/medium", module(1_000_000, 3))
            connections = [server.connect() for _ in range(200)]
            for number, connection in enumerate(connections):
                name = b"large" if number % 2 else b"medium"
                connection.sendall(b"GET /api/v1/module/%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % name * 5)
            for _ in range(20):
                self.expect_well(server, self.data)
            server.expect(200, large, "GET", "module/large")
            self.expect_well(server, self.data)
            for connection in connections:
                connection.close()

    def many_uploads_at_once(self):
        """Stalled uploads take little memory, however many there are."""
        data = module(900_000, 4)
        head = b"POST /api/v1/module/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n"
        with self.server() as server:
            connections = [server.connect() for _ in range(100 if self.setting.is_quick else 600)]
            for connection in connections:
                connection.sendall(head + data[:890_000])
            for _ in range(20):
                server.expect(200, self.data, "GET", "module/good")
            print(f"    {len(connections)} uploads took {server.resident >> 20} MB")
            self.expect_well(server, self.data)
            connections[0].sendall(data[890_000:])
            expect("one that goes on", read_answer(connections[0]).summary, (200, sha256(data).encode()))
            for connection in connections:
                connection.close()

    def idle_connections(self):
        count = 1_000 if self.setting.is_quick else 10_000
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < count + 500:
            raise Skipped(f"the system allows {hard} open files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 1 << 16) if hard > 0 else 1 << 16, hard))
        try:
            with self.server() as server:
                connections = []
                for number in range(count):
                    connections.append(server.connect())
                    if number % 3 == 0:  # some have sent a request, some are in the middle of one
                        connections[-1].sendall(b"GET /api/v1/branch HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    elif number % 3 == 1:
                        connections[-1].sendall(b"GET /api/v1/bra")
                for _ in range(20):
                    self.expect_well(server, self.data)
                print(f"    {count} connections took {server.resident >> 20} MB")
                for connection in connections:
                    connection.close()
                self.expect_well(server, self.data)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    def slow_clients(self):
        """Each is disconnected after the documented time, and not before. They run at the same time."""
        if self.setting.is_quick:
            raise Skipped("this takes a minute and a half")
        large = module(20_000_000, 2)
        head = b"POST /api/v1/module/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n"
        good = b"GET /api/v1/branch HTTP/1.1\r\nHost: localhost\r\n\r\n"
        with self.server() as server:
            server.expect(200, None, "POST", "module/large", large)
            # The data that each sends first, the data that each sends every second, and the minimum and maximum seconds
            # until it is disconnected.
            clients = {
                "nothing": (b"", b"", IDLE_TIME, IDLE_TIME),
                "a slow head": (b"GET /api/v1/branch HTTP/1.1\r\n", b"A: b\r\n", IDLE_TIME, IDLE_TIME),
                "nothing after a response": (good, b"", IDLE_TIME, IDLE_TIME),
                "a slow head after a response": (good + b"GET /", b"a", IDLE_TIME, IDLE_TIME),
                "a body that stops": (head + b"\0asm", b"", PACE_TIME, 2 * PACE_TIME),
                "a slow body": (head + b"\0asm\1\0\0\0\0" + unsigned(800_000) + text(b"slow"), b"aaaa", PACE_TIME, 2 * PACE_TIME),
                "a reader that stops": (b"GET /api/v1/module/large HTTP/1.1\r\nHost: localhost\r\n\r\n", b"", PACE_TIME, 2 * PACE_TIME),
            }
            faults, threads = [], []
            for name, plan in clients.items():
                threads.append(threading.Thread(target=be_slow, args=(server, name, plan, faults)))
                threads[-1].start()
            while any(thread.is_alive() for thread in threads):
                self.expect_well(server, self.data)
                time.sleep(0.5)
            if faults:
                raise Fault("; ".join(faults))


def be_slow(server, name, plan, faults):
    first, piece, least, most = plan
    with server.connect(1) as connection:
        connection.sendall(first)
        began = time.monotonic()
        if name == "a reader that stops":
            # The end of the connection is after unread data, so only a client that reads can see it.
            time.sleep(most + 5)
            connection.settimeout(PATIENCE)
            count = len(read_all(connection))
            if count > 15_000_000:
                faults.append(f"{name} got {count} bytes")
            return
        while time.monotonic() - began < most + 30:
            try:
                if piece:
                    connection.sendall(piece)
                if not connection.recv(1 << 16):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        took = time.monotonic() - began
        if not least - 2 <= took <= most + 15:
            faults.append(f"{name} was cut off after {took:.0f} s")


def send_until_refused(connection, start, piece, most):
    """Sends until the server stops reading; returns the number of bytes accepted."""
    sent = 0
    try:
        connection.sendall(start)
        while sent < most:
            connection.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    return sent
