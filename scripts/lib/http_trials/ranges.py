"""Range and conditional requests for a module, compared with nginx for the same file."""

import email.parser
import http.client
import random
import socket
import subprocess
import tempfile
from pathlib import Path

from .serving import PATIENCE, Answer, Fault, Skipped, expect, sha256, wait_until
from wasm_modules import module

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/1;
  proxy_temp_path {folder}/2;
  fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4;
  scgi_temp_path {folder}/5;
  types {{ application/wasm wasm; }}
  server {{ listen unix:{folder}/socket; root {folder}; }}
}}
"""

# Intended differences from nginx: the field of a request, our response, and the reason.
WHOLE = "whole"
DIFFERENCES = {
    "bytes=a-b": (WHOLE, "a malformed field may be ignored (RFC 9110, section 14.2), so an odd client gets its module"),
    "bytes=1-2-3": (WHOLE, "malformed"),
    "bytes=-": (WHOLE, "malformed"),
    "bytes=": (WHOLE, "malformed"),
    "bytes=0-1,x": (WHOLE, "malformed"),
    "bytes=3-2": (WHOLE, "malformed"),
    "bytes=0-1,3-2": (WHOLE, "malformed"),
    "bytes=0-1,,3-4": ([(0, 2), (3, 5)], "empty elements of a list are skipped (RFC 9110, section 5.6.1)"),
    "Bytes=0-1": ([(0, 2)], "the unit is compared without regard to case (RFC 9110, section 14.1)"),
}


class Nginx:
    """nginx with one file, at a named socket."""

    def __init__(self, setting, data):
        program = setting.tools / "nginx/usr/sbin/nginx"
        if subprocess.run([program, "-v"], capture_output=True).returncode if program.exists() else True:
            raise Skipped("nginx is not installed; scripts/test does it")
        folder = Path(tempfile.mkdtemp(prefix="nginx-", dir=setting.folder))
        (folder / "a.wasm").write_bytes(data)
        (folder / "configuration").write_text(CONFIGURATION.format(folder=folder))
        self.socket = str(folder / "socket")
        self.process = subprocess.Popen([program, "-p", folder, "-c", folder / "configuration"],
                                        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        wait_until("nginx answers", lambda: (folder / "socket").exists() or self.process.poll() is not None)
        if self.process.poll() is not None:
            raise Fault(f"nginx: {self.process.stderr.read().decode()}")

    def ask(self, method, fields):
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(PATIENCE)
        connection.sock.connect(self.socket)
        connection.request(method, "/a.wasm", headers=fields)
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        connection.close()
        return answer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stderr.close()


class Ranges:
    """Each trial sends requests to both, for a module in memory and for one sent from its file."""

    def __init__(self, setting):
        self.setting = setting
        self.random = random.Random(setting.seed)

    @property
    def trials(self):
        return [self.a_small_module, self.a_large_module, self.documented_answers, self.not_modified, self.revalidation]

    def a_small_module(self):
        self.compare(module(10_000, 1))

    def a_large_module(self):
        self.compare(module(3_000_000, 2))

    def fields(self, size):
        """The fields of requests, as dictionaries; {tag} is the module's entity tag."""
        last, tag = size - 1, "{tag}"
        ranges = [
            "bytes=0-0", f"bytes={last}-{last}", f"bytes=0-{last}", f"bytes=0-{size}", f"bytes=0-{size * 9}", "bytes=5-",
            f"bytes={last}-", f"bytes={size}-", f"bytes={size}-{size + 1}", "bytes=-1", f"bytes=-{size}",
            f"bytes=-{size + 1}", "bytes=-0", "bytes=0-0,2-3", "bytes=2-3,0-0", "bytes=0-0, -1", "bytes=0-9,5-14",
            "bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14", f"bytes=0-1,{size}-", f"bytes={size}-,{size + 5}-",
            "bytes=0-,0-", "bytes=0-,-1", f"bytes=0-{last},0-0", "items=0-1", "bytes", "0-1", *DIFFERENCES]
        for _ in range(20 if self.setting.is_quick else 200):
            parts = []
            for _ in range(self.random.randint(1, 6)):
                first = self.random.randrange(size + 10)
                parts.append(self.random.choice((
                    f"{first}-", f"-{first}", f"{first}-{first + self.random.randrange(1_000)}")))
            ranges.append("bytes=" + ",".join(parts))
        yield {}
        for text in ranges:
            yield {"Range": text}
        for name in ("If-Match", "If-None-Match"):
            for text in (tag, f"W/{tag}", "*", '"other"', f'"other", {tag}', f'{tag}, "other"', '"other","another"'):
                yield {name: text}
        for text in (tag, '"other"', f"W/{tag}", "Mon, 30 Nov 2020 00:00:00 GMT"):
            yield {"Range": "bytes=0-1", "If-Range": text}
        yield {"Range": "bytes=0-1", "If-Match": tag}
        yield {"Range": "bytes=0-1", "If-Match": '"other"'}
        yield {"Range": "bytes=0-1", "If-None-Match": tag}
        yield {"Range": "bytes=0-1", "If-None-Match": '"other"'}
        yield {"Range": f"bytes={size}-", "If-None-Match": tag}
        yield {"Range": f"bytes={size}-", "If-Range": '"other"'}
        yield {"If-Match": tag, "If-None-Match": tag}
        yield {"If-Match": '"other"', "If-None-Match": tag}

    def compare(self, data):
        differing = []
        with self.setting.server() as server, Nginx(self.setting, data) as nginx:
            server.expect(200, sha256(data), "POST", "module/a.wasm", data)
            tags = {ask: ask("GET", {})["ETag"] for ask in (nginx.ask, self.asking(server))}
            for fields in self.fields(len(data)):
                for method in ("GET", "HEAD"):
                    if method == "HEAD" and "Range" in fields:
                        continue  # only GET has ranges (RFC 9110, section 14.2); nginx also applies them to HEAD
                    asked = [
                        (ask, {name: text.replace("{tag}", tag) for name, text in fields.items()})
                        for ask, tag in tags.items()]
                    theirs, ours = (told(method, ask(method, those)) for ask, those in asked)
                    if set(fields) == {"Range"} and fields["Range"] in DIFFERENCES:
                        theirs = documented(DIFFERENCES[fields["Range"]][0], data)
                    if theirs != ours:
                        differing.append(f"{method} {fields}: nginx {theirs}, we {ours}")
        if differing:
            raise Fault("\n    ".join(differing)[:6_000])

    @staticmethod
    def asking(server):
        return lambda method, fields: server.ask(method, "module/a.wasm", **fields)

    def documented_answers(self):
        """Further responses that the page on the interface documents."""
        data = module(10_000, 1)
        with self.setting.server() as server:
            server.expect(200, None, "POST", "module/a.wasm", data)
            head = server.expect(200, b"", "HEAD", "module/a.wasm", Range="bytes=0-1")
            expect("length", head["Content-Length"], str(len(data)))
            single = [f"{number}-{number}" for number in range(33)]
            server.expect(206, None, "GET", "module/a.wasm", Range="bytes=" + ",".join(single[:32]))
            server.expect(200, data, "GET", "module/a.wasm", Range="bytes=" + ",".join(single))
            expect("by path", server.ask("GET", "module/a.wasm")["Cache-Control"], "no-cache")
            expect("by hash", server.ask("GET", f"module/{sha256(data)}")["Cache-Control"],
                   "public, max-age=31536000, immutable")
            for target in ("version/0/a.wasm", f"module/{sha256(data)}"):
                part = server.expect(206, data[-3:], "GET", target, Range="bytes=-3")
                expect("part", part["Content-Range"], f"bytes {len(data) - 3}-{len(data) - 1}/{len(data)}")
                server.expect(304, b"", "GET", target, If_None_Match=f'"{sha256(data)}"')

    def not_modified(self):
        """304 has no body, whatever its length field says, and the fields that a cache needs."""
        data = module(10_000, 1)
        with self.setting.server() as server:
            server.expect(200, None, "POST", "module/a.wasm", data)
            whole = server.ask("GET", "module/a.wasm")
            for method in ("GET", "HEAD"):
                answer = server.raw(f"{method} /api/v1/module/a.wasm HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    f"If-None-Match: {whole['ETag']}\r\n\r\n".encode())
                head, body = answer.split(b"\r\n\r\n", 1)
                expect("body", (head.split(b"\r\n")[0], body), (b"HTTP/1.1 304 Not Modified", b""))
                fields = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
                for name in ("etag", "cache-control", "vary"):
                    expect(name, fields.get(name), whole[name].lower())
                if fields.get("content-length") not in (None, str(len(data))):
                    raise Fault(f"304 with a length of {fields['content-length']}")

    def revalidation(self):
        """A cache that revalidates gets a new module as soon as it exists, and no body otherwise."""
        with self.setting.server() as server:
            tag = None
            for number in range(30):
                data = module(1_000, number // 3)
                server.expect(200, None, "POST", "module/a.wasm", data)
                answer = server.ask("GET", "module/a.wasm", If_None_Match=tag)
                expect(f"round {number}", answer.summary, (304, b"") if number % 3 else (200, data))
                tag = answer["ETag"]


def told(method, answer):
    """The parts of a response to compare."""
    kind = (answer["Content-Type"] or "").split(";")[0]
    if answer.status >= 400:
        return answer.status, answer["Content-Range"]
    if answer.status == 304:
        return answer.status, answer.body
    if kind == "multipart/byteranges":
        return answer.status, parts(answer)
    return (answer.status, kind, answer["Content-Range"], answer["Content-Length"], answer["Accept-Ranges"] or "bytes",
            sha256(answer.body))


def parts(answer):
    """The parts of a multipart response, as an independent program parses them."""
    head = b"Content-Type: " + answer["Content-Type"].encode() + b"\r\n\r\n"
    message = email.parser.BytesParser().parsebytes(head + answer.body)
    # The length is correct, and each part has as many bytes as it says; the parser accepts its own line ends.
    expect("Content-Length", answer["Content-Length"], str(len(answer.body)))
    boundary = b"\r\n--" + message.get_boundary().encode()
    found = []
    for piece in answer.body.split(boundary)[1:-1]:
        fields, data = piece[2:].split(b"\r\n\r\n", 1)
        found.append((sorted(fields.decode().lower().split("\r\n")), sha256(data)))
    return found


def documented(what, data):
    """The expected parts of a response with the whole module, or with ranges as (first, end)."""
    size = len(data)
    if what == WHOLE:
        return 200, "application/wasm", None, str(size), "bytes", sha256(data)
    if len(what) == 1:
        first, end = what[0]
        return (206, "application/wasm", f"bytes {first}-{end - 1}/{size}", str(end - first), "bytes",
                sha256(data[first:end]))
    return 206, [
        (sorted(("content-type: application/wasm", f"content-range: bytes {first}-{end - 1}/{size}")),
         sha256(data[first:end])) for first, end in what]
