"""A headless Chromium, driven through a pipe (Chrome DevTools Protocol)."""

import json
import os
import shutil
import subprocess
import tempfile
import time

PATIENCE = 60  # seconds for what is to happen at once


class BrowserFault(Exception):
    """The browser did not follow a command."""


def program():
    """The name of an installed Chromium; None where there is none."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome")
                 if (found := shutil.which(name))), None)


class Browser:
    """A browser with one tab. The events of the tab are kept in `events` until they are taken."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        (read, their_write), (their_read, write) = os.pipe(), os.pipe()

        def connect():
            # The browser reads commands from descriptor 3 and writes to 4.
            first, second = os.dup(their_read), os.dup(their_write)
            os.dup2(first, 3)
            os.dup2(second, 4)

        # No sandbox, which does not work in containers and as root; the browser only opens pages of this machine.
        command = [
            program(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "--proxy-server=direct://",
            f"--user-data-dir={self.profile.name}"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=connect, close_fds=False, start_new_session=True)
        os.close(their_read)
        os.close(their_write)
        self.reader, self.writer = read, write
        self.buffer, self.events, self.number, self.session = b"", [], 0, None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.reader)
        os.close(self.writer)
        self.profile.cleanup()

    def message(self):
        """The next message from the browser."""
        while b"\0" not in self.buffer:
            piece = os.read(self.reader, 1 << 20)
            if not piece:
                raise BrowserFault("the browser ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def send(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        text = json.dumps(command).encode() + b"\0"
        while text:
            text = text[os.write(self.writer, text):]
        return self.number

    def ask(self, method, **parameters):
        """Sends a command and returns its result."""
        number = self.send(method, **parameters)
        while True:
            message = self.message()
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserFault(f"{method}: {message['error']['message']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def take(self, method):
        """Removes and returns the events of a kind that have arrived."""
        found = [event["params"] for event in self.events if event["method"] == method]
        self.events = [event for event in self.events if event["method"] != method]
        return found

    def wait(self, method):
        """Waits for an event; removes and returns it."""
        end = time.monotonic() + PATIENCE
        while not (found := self.take(method)):
            if time.monotonic() > end:
                raise BrowserFault(f"timed out: {method}")
            message = self.message()
            if "method" in message:
                self.events.append(message)
        return found[0]

    def open(self, url):
        """Opens an address, and waits until the page has loaded."""
        self.take("Page.loadEventFired")
        failure = self.ask("Page.navigate", url=url).get("errorText")
        if failure:
            raise BrowserFault(f"{url}: {failure}")
        self.wait("Page.loadEventFired")

    def value(self, expression):
        """The value of a JavaScript expression in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise BrowserFault(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def screen(self, width, height, scheme, is_phone=False):
        """Sets the size of the screen, and light or dark mode."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=is_phone)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self):
        """A PNG of the page, in base64."""
        return self.ask("Page.captureScreenshot", format="png")["data"]
