"""A proxy between a program and its server, on this machine: it notes what goes through it, and can step in."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 60  # seconds


class Record:
    """A request and its answer."""

    def __init__(self, method, target, body, status, content_type, answer, is_ours):
        self.method, self.target, self.body = method, target, body
        self.status, self.content_type, self.answer = status, content_type, answer
        self.is_ours = is_ours  # whether the proxy answered, not the server

    def __repr__(self):
        return f"{self.method} {self.target} {self.status}"


class Proxy:
    """Passes requests on to a port of this machine.

    `before` is asked about each request before it is passed on, and answers None, or (status, body) in place of the
    server. `after` is told of each record before the answer goes back.
    """

    def __init__(self, port, before=None, after=None):
        self.records, self.before, self.after = [], before, after
        lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer = proxy.before and proxy.before(self.command, self.path, body)
                kind = "application/json"
                if answer is None:
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                    fields = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
                    connection.request(self.command, self.path, body or None, fields)
                    response = connection.getresponse()
                    answer, kind = (response.status, response.read()), response.getheader("Content-Type") or ""
                    dated = response.getheader("Date")
                    connection.close()
                else:
                    dated = None
                record = Record(self.command, self.path, body, answer[0], kind, answer[1], dated is None)
                with lock:
                    proxy.records.append(record)
                if proxy.after:
                    proxy.after(record)
                try:
                    self.send_response_only(answer[0])
                    if dated:
                        self.send_header("Date", dated)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(answer[1])))
                    self.end_headers()
                    self.wfile.write(answer[1])
                except OSError:
                    self.close_connection = True  # whoever asked is gone

            do_GET = do_POST = do_PUT = do_DELETE = handle_any

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that was killed

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def taken(self):
        """What was recorded since this was asked last."""
        records, self.records = self.records, []
        return records
