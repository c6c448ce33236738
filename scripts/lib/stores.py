"""A store under test, for the scripts that try to break one: its commands, and the conditions that must hold."""

import hashlib
import os
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import wasm_modules

PATIENCE = 120  # seconds that one command may take, including waits for locks
PROCESSES = 8


class Broken(Exception):
    """A guarantee of the store was broken."""


class Store:
    """A store under test, and the modules for it."""

    def __init__(self, folder, program, seed):
        self.folder, self.program, self.seed = folder, program, seed
        self.root, self.sources = f"{folder}/store", f"{folder}/sources"
        os.makedirs(self.sources)
        self.environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("WASMSTORE_", "GIT_", "SOURCE_DATE"))} | {
            "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C.UTF-8"}

    def run(self, *words, check=True, under=()):
        """Runs one command of the tool, optionally under another program; returns its exit code and its output."""
        done = subprocess.run(
            [*under, self.program, "--root", self.root, *words], env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE)
        if check and done.returncode:
            raise Broken(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
        return done.returncode, done.stdout

    def git(self, *words):
        done = subprocess.run(
            ["git", "--git-dir", self.root, *words], env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise Broken(f"git {' '.join(words)}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def source(self, number):
        """A file with the module of a number; returns its path and hash."""
        data = module(number + self.seed * 1_000_003)
        path = f"{self.sources}/{number}.wasm"
        with open(path, "wb") as file:
            file.write(data)
        return path, hashlib.sha256(data).hexdigest()

    def tree(self, branch="main"):
        """What git sees on a branch: SHA-256 by path, and the number of commits."""
        listed = self.git("ls-tree", "-r", "-z", branch).split("\0")
        blobs = {}
        for entry in filter(None, listed):
            head, path = entry.split("\t", 1)
            blobs[path] = head.split()[2]
        return digests(self, blobs)

    def list(self, branch="main"):
        """What the tool sees on a branch."""
        lines = self.run("list", "--branch", branch)[1].splitlines()
        return {path.lstrip("/"): digest for digest, path in (line.split("\t", 1) for line in lines)}

    def check(self, branch="main"):
        """Checks the store with git, and compares the contents of the branch in both."""
        report = self.git("fsck", "--full", "--strict", "--no-dangling", "--no-progress")
        if report.strip():
            raise Broken(f"git fsck: {report.strip()}")
        seen, told = self.tree(branch), self.list(branch)
        if seen != told:
            wrong = sorted(set(seen.items()) ^ set(told.items()))[:4]
            raise Broken(f"git and list disagree on {branch}: {wrong}")
        return seen

    def forget_catalog(self):
        for path in Path(self.root).glob("catalog*"):
            path.unlink()


_digests = {}


def digests(store, blobs):
    """SHA-256 of each blob, read by git."""
    unknown = sorted(set(blobs.values()) - set(_digests))
    if unknown:
        process = subprocess.run(
            ["git", "--git-dir", store.root, "cat-file", "--batch"], input="\n".join(unknown).encode(),
            env=store.environment, capture_output=True, check=True)
        data, at = process.stdout, 0
        for blob in unknown:
            end = data.index(b"\n", at)
            size = int(data[at:end].split()[2])
            _digests[blob] = hashlib.sha256(data[end + 1 : end + 1 + size]).hexdigest()
            at = end + 1 + size + 1
    return {path: _digests[blob] for path, blob in blobs.items()}


def module(number):
    return wasm_modules.module(64 + number * 7919 % 4000, number)


def at_once(tasks):
    """Runs each function in its own process and returns their results."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def add(store, number, path, branch="main"):
    source, digest = store.source(number)
    printed = store.run("add", source, path, "--branch", branch)[1].strip()
    if printed != digest:
        raise Broken(f"add {path} printed {printed!r}, not {digest}")
    return digest


def check_all(store):
    """Checks the store with git and the tool; returns the contents of main."""
    seen = store.check()
    code, output = store.run("fsck", "--deep", check=False)
    if code:
        raise Broken(f"fsck: exit {code}: {output.strip()}")
    return seen


def wait_until_open(process, paths):
    """Returns as soon as a process has one of the files open, or has ended."""
    folder = f"/proc/{process.pid}/fd"
    end = time.monotonic() + PATIENCE
    while process.poll() is None:
        if time.monotonic() > end:
            process.kill()
            raise Broken("a command never requested the locks")
        try:
            if any(os.readlink(f"{folder}/{name}") in paths for name in os.listdir(folder)):
                return
        except OSError:
            pass  # a file was closed meanwhile, or the process ended


def calls_of(trace):
    """The system calls in a trace by `strace -f`, in order, each with its number among the calls of that name in its
    thread: so strace counts calls when it disturbs one of them. What several threads do is there once."""
    counts, found = {}, {}
    with open(trace, encoding="utf-8", errors="replace") as file:
        for line in file:
            call = re.match(r"(\d+ +)?(\w+)\(", line)
            if call:
                counts[call[1], call[2]] = counts.get((call[1], call[2]), 0) + 1
                found[call[2], counts[call[1], call[2]]] = True
    return list(found)


def disturbing(call, injected):
    """The options of strace that disturb one call: `signal=KILL` or `error=NAME`."""
    name, number = call
    # With a filter in the kernel, strace 6.1 does not send signals.
    filtered = [] if injected.startswith("signal") else ["--seccomp-bpf"]
    return [*filtered, "-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:{injected}:when={number}"]


def some_of(calls, most, source):
    """At most about `most` of the calls, spread over all."""
    stride = max(1, len(calls) // most)
    return calls[source.randrange(stride)::stride]


WRITING = "openat,write,pwrite64,writev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat," \
          "fsync,fdatasync,ftruncate,fchmod,chmod,flock,fcntl"

COLLECTIONS = [["gc"], ["gc", "--keep-history"], ["gc", "--keep-last", "3"], ["gc", "--keep-history", "--expire-now"]]
