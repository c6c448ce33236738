"""Uploads of modules: large, chunked, invalid, in races, and from clients that disappear."""

import json
import random
import socket
import subprocess
import threading
import time

from .serving import API, PATIENCE, Client, Fault, expect, read_answer, reset, sha256, wait_until
from wasm_modules import module, section, text, unsigned

LARGE = 300_000_000
MEMORY_LIMIT = 256 << 20


def large_pieces(size, seed=0):
    """The pieces of a valid module of about `size` bytes, half of it data, half a custom section."""
    half = size // 2
    block = random.Random(seed).randbytes(1 << 20)
    blocks = [block[shift:] + block[:shift] for shift in range(half >> 20)]
    data = b"".join(blocks)
    segment = b"\0\x41\0\x0b" + unsigned(len(data))
    pages = (len(data) >> 16) + 2
    yield b"\0asm\1\0\0\0" + section(5, b"\1\0" + unsigned(pages))
    head = b"\1" + segment
    yield b"\x0b" + unsigned(len(head) + len(data)) + head
    yield from blocks
    name = text(b"filler")
    yield b"\0" + unsigned(len(name) + len(data)) + name
    yield from blocks


class Uploads:
    """Uploads in every form that a client can use."""

    def __init__(self, setting):
        self.setting = setting
        self.random = random.Random(setting.seed)

    @property
    def trials(self):
        return [
            self.curl_with_3_mb, self.curl_with_300_mb, self.chunks, self.one_byte_at_a_time, self.many_on_one_connection,
            self.an_invalid_one_is_refused_early, self.curl_is_told_why, self.a_body_above_the_limit,
            self.expect_100_continue, self.curl_does_not_wait, self.conditions, self.races, self.clients_that_vanish]

    def curl(self, server, target, file, *options):
        """Uploads a file; returns curl's view of the response: status, bytes sent, seconds, body."""
        said = subprocess.run(
            ["curl", "--silent", "--show-error", "--data-binary", f"@{file}", "--write-out",
             "\n%{http_code} %{size_upload} %{time_total} %{num_connects}", *options,
             f"http://127.0.0.1:{server.port}{API}{target}"],
            capture_output=True, text=True, timeout=PATIENCE * 5)
        if said.returncode:
            raise Fault(f"curl ends with {said.returncode}: {said.stderr}")
        body, numbers = said.stdout.rsplit("\n", 1)
        status, sent, seconds, _ = numbers.split()
        return int(status), int(sent), float(seconds), body

    def large_file(self, name, size):
        path = self.setting.folder / name
        with path.open("wb") as file:
            for piece in large_pieces(size):
                file.write(piece)
        return path

    def curl_with_3_mb(self):
        with self.setting.server() as server:
            data = b"".join(large_pieces(3_000_000))
            file = self.setting.file("3.wasm", data)
            for options in ((), ("--header", "Expect:"), ("--http1.0",), ("--header", "Transfer-Encoding: chunked")):
                status, _, _, body = self.curl(server, "module/a.wasm", file, *options)
                expect(f"curl {options}", (status, body), (200, sha256(data)))
                server.expect(200, data, "GET", "module/a.wasm")
                server.expect(200, "", "DELETE", "module/a.wasm")
            server.expect_sound()

    def curl_with_300_mb(self):
        """Memory stays flat, whatever the form of the upload."""
        file = self.large_file("300.wasm", LARGE)
        digest = subprocess.run(["sha256sum", file], capture_output=True, text=True).stdout.split()[0]
        with self.setting.server() as server:
            status, _, seconds, body = self.curl(server, "module/large.wasm", file)
            expect("upload", (status, body), (200, digest))
            for target in ("module/large.wasm", f"module/{digest}"):
                read = subprocess.run(
                    f"curl --silent --show-error http://127.0.0.1:{server.port}{API}{target} | sha256sum",
                    shell=True, capture_output=True, text=True, timeout=PATIENCE * 5)
                expect(f"hash of {target}", read.stdout.split()[0], digest)
            if server.resident > MEMORY_LIMIT:
                raise Fault(f"the server took {server.resident >> 20} MB of memory")
            size = file.stat().st_size
            part = server.ask("GET", "module/large.wasm", Range=f"bytes={size - 5}-")
            with file.open("rb") as opened:
                opened.seek(size - 5)
                expect("the last bytes", part.summary, (206, opened.read()))
            print(f"    300 MB came in {seconds:.1f} s, {server.resident >> 20} MB of memory")
        file.unlink()

    def chunks(self):
        """The chunked transfer coding with chunks of any size, extensions, and trailer fields."""
        data = module(50_000, 3)
        with self.setting.server() as server:
            for largest in (1 << 20, 4_000, 60):
                body, rest = b"", data
                while rest:
                    count = min(self.random.randint(1, largest), len(rest))
                    size = self.random.choice((b"%x", b"%X", b"00%x", b"%x;name=value", b"%x;a=\"b\"")) % count
                    body, rest = body + size + b"\r\n" + rest[:count] + b"\r\n", rest[count:]
                for end in (b"0\r\n\r\n", b"0\r\nChecksum: none\r\n\r\n"):
                    head = b"POST /api/v1/module/a.wasm HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    answer = server.raw_ask(head + body + end)
                    expect("answer", answer.summary, (200, sha256(data).encode()))
                    server.expect(200, data, "GET", "module/a.wasm")
                    server.expect(200, "", "DELETE", "module/a.wasm")

    def one_byte_at_a_time(self):
        data = module(300, 4)
        with self.setting.server() as server, server.connect() as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            request = b"POST /api/v1/module/a.wasm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300\r\n\r\n" + data
            for byte in request:
                connection.send(bytes([byte]))
            expect("answer", read_answer(connection).summary, (200, sha256(data).encode()))

    def many_on_one_connection(self):
        """Pipelined requests are answered in order."""
        items = [module(1_000 + 100 * number, number) for number in range(20)]
        with self.setting.server() as server, server.connect() as connection:
            for number, data in enumerate(items):
                connection.sendall(
                    b"POST /api/v1/module/%d HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (number, len(data))
                    + data + b"GET /api/v1/module/%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % number)
            stream = connection.makefile("rb")
            for data in items:
                for body in (sha256(data).encode(), data):
                    status = stream.readline()
                    fields = {}
                    while (line := stream.readline().strip()):
                        name, value = line.split(b": ", 1)
                        fields[name.lower()] = value
                    found = stream.read(int(fields[b"content-length"]))
                    expect("answer", (status, found), (b"HTTP/1.1 200 OK\r\n", body))

    def an_invalid_one_is_refused_early(self):
        """The response arrives after a part of the body was sent, and then the connection ends."""
        good = b"".join(large_pieces(3_000_000))
        wrong_section = good + b"\x63\x05"
        wrong_body = bytearray(module(64, 1))
        wrong_body[wrong_body.index(b"\x41\x01\x0b")] = 0x42
        # The data sent, and the expected response. The unknown section comes after 3 MB.
        cases = [
            (b"PK\3\4" + bytes(600_000), "magic header not detected"),
            (b"\0asm\1\0\0\0" + b"\x63" + bytes(600_000), "malformed section id"),
            (wrong_section + bytes(600_000), "malformed section id"),
            (bytes(wrong_body) + bytes(600_000), "type mismatch"),
        ]
        with self.setting.server() as server:
            before = server.files()
            for sent, said in cases:
                with server.connect() as connection:
                    connection.sendall(b"POST /api/v1/module/a.wasm HTTP/1.1\r\nHost: localhost\r\n"
                                       b"Content-Length: 300000000\r\n\r\n" + sent)
                    answer = read_answer(connection)
                    expect("status", answer.status, 400)
                    if said not in answer.text:
                        raise Fault(f"{answer.text!r} does not say {said!r}")
                    expect("Connection", answer["Connection"], "close")
                    began = time.monotonic()
                    try:
                        while connection.recv(65536):
                            pass
                    except ConnectionResetError:
                        pass
                    if time.monotonic() - began > 5:
                        raise Fault("the connection stays")
            expect("files", server.files(), before)
            server.expect(404, None, "GET", "snapshot")

    def curl_is_told_why(self):
        """A client that sends all of an invalid module before it reads still gets the error, without having sent
        everything."""
        file = self.setting.file("bad.wasm", b"PK\3\4" + bytes(100_000_000))
        with self.setting.server() as server:
            for options in ((), ("--header", "Expect:")):
                status, sent, _, body = self.curl(server, "module/a.wasm", file, *options)
                expect("status", status, 400)
                if not body.startswith("magic header not detected") or "zip" not in body.lower():
                    raise Fault(f"curl reads {body!r}")
                if sent > 20_000_000:
                    raise Fault(f"curl sent {sent} bytes")
        file.unlink()

    def a_body_above_the_limit(self):
        with self.setting.server("--max-body", "100KB") as server:
            server.expect(200, None, "POST", "module/a", module(100_000, 1))
            for size in (102_401, 5_000_000):
                server.expect(413, None, "POST", "module/a", module(size, 1))
            # With its length announced, it is rejected before any byte.
            answer = server.raw_ask(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\n"
                                    b"Content-Length: 2000000000\r\n\r\n")
            expect("announced", (answer.status, answer["Connection"]), (413, "close"))
            answer = server.raw_ask(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                                    b"Content-Length: 99999999999999999999\r\n\r\n")
            if answer.status not in (400, 413):
                raise Fault(f"a length beyond numbers: {answer.status}")
            piece = b"\0asm\1\0\0\0" + b"\0" + unsigned(10_000_000) + text(b"filler") + bytes(200_000)
            answer = server.raw_ask(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    b"%x\r\n" % len(piece) + piece)
            expect("in chunks", answer.status, 413)
            server.expect(200, None, "GET", "module/a")

    def expect_100_continue(self):
        """A client that asks before sending gets 100 (Continue) at once, or a final response."""
        data = module(5_000, 1)
        with self.setting.server("--max-body", "1MB") as server:
            with server.connect() as connection:
                connection.sendall(b"POST /api/v1/module/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n"
                                   b"Expect: 100-continue\r\n\r\n")
                began = time.monotonic()
                first = connection.recv(65536)
                expect("first", first, b"HTTP/1.1 100 Continue\r\n\r\n")
                if time.monotonic() - began > 0.5:
                    raise Fault("the client was made to wait")
                connection.sendall(data)
                expect("then", read_answer(connection).summary, (200, sha256(data).encode()))

    def curl_does_not_wait(self):
        """curl waits a second for 100 (Continue) before it sends more than 1 MB."""
        file = self.setting.file("2.wasm", module(2_000_000, 1))
        with self.setting.server() as server:
            seconds = min(self.curl(server, f"module/{number}", file)[2] for number in range(3))
            if seconds > 0.9:
                raise Fault(f"an upload of 2 MB took {seconds} s")

    def conditions(self):
        one, two = module(1_000, 1), module(1_000, 2)
        tag_one, tag_two = (f'"{sha256(data)}"' for data in (one, two))
        with self.setting.server() as server:
            def change(status, data, method="POST", target="module/a", **fields):
                server.expect(status, None, method, target, data, **fields)

            change(412, one, If_Match="*")
            change(412, one, If_Match=tag_one)
            change(200, one, If_None_Match="*")
            change(412, two, If_None_Match="*")
            change(412, two, If_Match=tag_two)
            change(412, two, If_Match=f"W/{tag_one}")
            change(412, two, If_None_Match=f"{tag_two}, {tag_one}")
            change(400, two, If_Match=tag_one, If_None_Match="*")
            change(400, two, If_Match=tag_one[1:-1])
            change(400, two, If_None_Match="")
            server.expect(200, one, "GET", "module/a")
            change(200, two, If_Match=f"{tag_two}, {tag_one}")
            change(200, one, If_Match="*")
            change(200, two, If_None_Match=tag_two)
            # A path below a module, and the directory of a module, are not modules.
            change(200, one, target="module/dir/b")
            change(412, one, target="module/dir/c", If_Match="*")
            change(412, None, "DELETE", "module/a", If_Match=tag_one)
            change(412, None, "DELETE", "module/nope", If_Match="*")
            change(400, None, "DELETE", f"module/{tag_two[1:-1]}", If_Match=tag_two)
            change(412, None, target=f"hash/{tag_one[1:-1]}/a", If_Match=tag_one)
            change(200, None, target=f"hash/{tag_one[1:-1]}/a", If_Match=tag_two)
            change(412, None, target=f"hash/{tag_two[1:-1]}/a", If_None_Match="*")
            change(200, None, target=f"hash/{tag_two[1:-1]}/new", If_None_Match="*")
            change(412, None, "DELETE", "module/new", If_None_Match="*")
            change(200, None, "DELETE", "module/nope", If_None_Match="*")
            change(200, None, "DELETE", "module/a", If_Match=tag_one)
            listed = json.loads(server.ask("GET", "modules").text)
            expect("modules", listed, {"/dir/b": tag_one[1:-1], "/new": tag_two[1:-1]})

    def races(self):
        """Of eight clients that make the same change at once, one wins."""
        count, rounds = 8, 5 if self.setting.is_quick else 40
        with self.setting.server() as server:
            clients = [Client(server.port) for _ in range(count)]
            current = None
            for number in range(rounds):
                data = [module(500 + 10 * index, number) for index in range(count)]
                field = {"If_Match": f'"{current}"'} if current else {"If_None_Match": "*"}
                answers, barrier = [None] * count, threading.Barrier(count)

                def race(index, data=data, field=field, answers=answers, barrier=barrier):
                    barrier.wait()
                    answers[index] = clients[index].ask("POST", "module/a", data[index], **field)

                threads = [threading.Thread(target=race, args=(index,)) for index in range(count)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                statuses = sorted(answer.status for answer in answers if answer)
                expect(f"round {number}", statuses, [200] + [412] * (count - 1))
                current = next(answer.text for answer in answers if answer.status == 200)
                server.expect(200, current, "GET", "hash/a")
            expect("versions", len(json.loads(server.ask("GET", "versions/a").text)), rounds)
            for client in clients:
                client.close()

    def clients_that_vanish(self):
        """Whenever a client disappears, none of its data is left, and the server continues."""
        data = b"".join(large_pieces(3_000_000))
        head = b"POST /api/v1/module/gone HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(data)
        with self.setting.server() as server:
            server.expect(200, None, "POST", "module/a", module(1_000, 1))
            before = server.files()
            for number in range(6 if self.setting.is_quick else 40):
                connection = server.connect()
                connection.sendall((head + data)[:self.random.randrange(1, len(head + data))])
                if number % 3 == 0:
                    reset(connection)
                elif number % 3 == 1:
                    connection.close()
                else:
                    # It closes its sending side, but still reads.
                    connection.shutdown(socket.SHUT_WR)
                    answer = connection.recv(65536)
                    if answer and not answer.startswith(b"HTTP/1.1 400"):
                        raise Fault(f"half a request is answered {answer!r}")
                    connection.close()
            wait_until("the temporary files are gone", lambda: server.files() == before)
            wait_until("open files are closed", lambda: server.open_files_below() == [])
            server.expect(404, "", "GET", "module/gone")
            server.expect_sound()
