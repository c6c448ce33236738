"""A running server of a temporary store, and its clients."""

import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

PATIENCE = 60  # seconds to wait for something that happens at once
IDLE_TIME = 60  # seconds that a connection may be without a request
API = "/api/v1/"


class Fault(Exception):
    """A check failed."""


class Skipped(Exception):
    """The system does not support this test."""


def expect(what, found, wanted):
    if found != wanted:
        raise Fault(f"{what}: {shown(found)}, not {shown(wanted)}")


def shown(value):
    text = repr(value)
    return text if len(text) < 600 else text[:600] + "…"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def wait_until(what, holds):
    """Waits for something that happens at once; only takes long on a busy machine."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > limit:
            raise Fault(f"timed out while waiting until {what}")
        time.sleep(0.002)


class Answer:
    """A response: its status, its fields by lower-case names, its body."""

    def __init__(self, status, fields, body):
        self.status, self.body = status, body
        self.fields = {name.lower(): value for name, value in fields}

    def __getitem__(self, name):
        return self.fields.get(name.lower())

    @property
    def text(self):
        return self.body.decode()

    @property
    def summary(self):
        return self.status, self.body


class Client:
    """A client with one connection, which it opens again after the server has closed it."""

    def __init__(self, port, timeout=PATIENCE):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        self.used = time.monotonic()

    def ask(self, method, target, body=None, **fields):
        """Sends a request; a target without a leading slash is below /api/v1/, `if_match=` is If-Match."""
        if not target.startswith("/"):
            target = API + target
        fields = {name.replace("_", "-"): value for name, value in fields.items() if value is not None}
        if body is None and method in ("POST", "PUT", "DELETE"):
            fields.setdefault("Content-Length", "0")
        if time.monotonic() - self.used > IDLE_TIME / 2:
            self.connection.close()  # the server may be about to close it too
        self.used = time.monotonic()
        try:
            try:
                self.connection.request(method, target, body, fields)
                response = self.connection.getresponse()
            except (BrokenPipeError, ConnectionResetError):
                # As most clients do: after a failed send, the response may contain the reason.
                if not self.connection.sock:
                    raise
                response = http.client.HTTPResponse(self.connection.sock, method=method)
                response.begin()
            answer = Answer(response.status, response.getheaders(), response.read())
        except BaseException:
            self.connection.close()
            raise
        if answer["Connection"] == "close":
            self.connection.close()
        return answer

    def close(self):
        self.connection.close()


class Server:
    """`wasmstore server` on a port chosen by the system."""

    def __init__(self, program, root, *options, environment=None):
        self.program, self.root, self.said = str(program), str(root), []
        self.environment = {
            "HOME": "/nonexistent", "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "tester", "GIT_AUTHOR_EMAIL": "tester@example.org",
            "GIT_COMMITTER_NAME": "tester", "GIT_COMMITTER_EMAIL": "tester@example.org", **(environment or {})}
        self.process = subprocess.Popen(
            [self.program, "--root", self.root, "server", "--host", "127.0.0.1", "--port", "0", *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env=self.environment)
        line = self.process.stderr.readline()
        while line.startswith("warning: "):
            line = self.process.stderr.readline()
        found = re.match(r"Starting server on 127\.0\.0\.1:(\d+),", line)
        if not found:
            self.process.kill()
            raise Fault(f"the server printed {line + self.process.stderr.read()!r}")
        self.port = int(found[1])
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()
        self.own = Client(self.port)

    def listen(self):
        for line in self.process.stderr:
            self.said.append(line)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.own.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if kind else signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.listener.join(PATIENCE)
        if kind is None and status not in (0, -signal.SIGKILL):
            raise Fault(f"the server ended with {status}: {''.join(self.said)[-2000:]}")

    def ask(self, method, target, body=None, **fields):
        return self.own.ask(method, target, body, **fields)

    def expect(self, status, body, method, target, data=None, **fields):
        """Sends a request, and checks the status and the body: a text, or None for any body."""
        answer = self.ask(method, target, data, **fields)
        wanted = (status, answer.body if body is None else body if isinstance(body, bytes) else body.encode())
        expect(f"{method} {target} {fields or ''}", answer.summary, wanted)
        return answer

    def connect(self, timeout=PATIENCE):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def raw(self, data, timeout=PATIENCE):
        """Sends bytes unchanged, closes the sending side, and reads until the server closes."""
        with self.connect(timeout) as connection:
            connection.sendall(data)
            return read_all(connection)

    def raw_ask(self, data):
        """Sends a request unchanged; returns the response."""
        with self.connect() as connection:
            connection.sendall(data)
            return read_answer(connection)

    @property
    def resident(self):
        """The server's peak memory so far, in bytes."""
        found = re.search(r"VmHWM:\s*(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        return int(found[1]) << 10

    def open_files_below(self):
        """The open files below the store that have no name, or a temporary one."""
        found = []
        for link in Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                target = os.readlink(link)
            except OSError:
                continue  # closed meanwhile
            if target.startswith(self.root) and ("(deleted)" in target or "/tmp" in target[len(self.root):]):
                found.append(target)
        return found

    # Changes to the same store by others

    def tool(self, *words, input=None, status=0):
        """Runs a command on the store, in another process."""
        said = subprocess.run([self.program, "--root", self.root, *map(str, words)], input=input, env=self.environment,
                              capture_output=True, timeout=PATIENCE * 5)
        if said.returncode != status:
            raise Fault(f"wasmstore {' '.join(map(str, words))}: {said.returncode} {said.stderr.decode()}")
        return said.stdout.decode()

    def git(self, *words, folder=None):
        """Runs plain git, in the store by default."""
        said = subprocess.run(["git", "-c", "safe.directory=*", "-C", str(folder or self.root), *map(str, words)],
                              capture_output=True, text=True, env=self.environment, timeout=PATIENCE * 5)
        if said.returncode:
            raise Fault(f"git {' '.join(map(str, words))}: {said.stderr}")
        return said.stdout.strip()

    def expect_sound(self):
        """Checks the store with git and with the tool."""
        self.git("fsck", "--full", "--strict")
        self.tool("fsck", "--deep")

    def files(self):
        """The files of the store, with sizes; without logs and the catalog."""
        return sorted(
            (str(path.relative_to(self.root)), path.stat().st_size)
            for path in Path(self.root).rglob("*") if path.is_file() and not path.name.startswith("catalog"))


def read_all(connection):
    """Reads until the other side closes or resets the connection."""
    data = b""
    try:
        while piece := connection.recv(1 << 16):
            data += piece
    except ConnectionResetError:
        pass
    return data


def read_answer(connection, method="GET"):
    """Reads one response."""
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    return Answer(response.status, response.getheaders(), response.read())


def reset(connection):
    """Closes a connection so that the other side sees it reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
