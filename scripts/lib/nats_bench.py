"""Measures the modules of NATS beside the clients in C, Go and Python, in turns, against one server."""

import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

from measuring import CommandFailed

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "scripts/lib/nats_rivals"
SCRATCH = ROOT / ".build/bench/nats"
TOOLS = ROOT / ".build/tools/nats/bin"
OURS, C, GO, PYTHON = "ours", "cnats", "nats.go", "nats-py"

CALLS, SIZE = 2_000, 1_000  # of puts and gets one after the other
KEYS, MANY_KEYS = 10_000, 100_000
OBJECT = 4 << 20


def install(purpose, *packages):
    """Installs packages of the system where one is missing."""
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Status}\n", *packages], capture_output=True, text=True)
    if found.stdout.count("install ok installed") < len(packages):
        subprocess.run(["bash", "-c", 'source "$0" && install_packages "$@"', str(ROOT / "scripts/lib/packages.sh"),
                        purpose, *packages], check=True)


def build(work):
    """Builds all clients; answers how each is started, without URL and bucket."""
    install("the benchmark", "libnats-dev", "gcc", "golang-go", "golang-github-nats-io-go-nats-dev")
    subprocess.run([ROOT / "scripts/nats-server", "--install"], check=True)
    subprocess.run(["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "nats-measuring",
                    "--scratch-path", SCRATCH], check=True, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    folder = work / "nats-rivals"
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gcc", "-O2", "-o", folder / "cnats", SOURCES / "cnats.c", "-lnats"], check=True)
    go = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache")}
    subprocess.run(["go", "build", "-o", folder / "nats_go", SOURCES / "nats_go/main.go"], check=True, env=go)
    return {OURS: [str(SCRATCH / "release/nats-measuring")], C: [str(folder / "cnats")], GO: [str(folder / "nats_go")],
            PYTHON: [str(TOOLS / "python"), str(SOURCES / "nats_py.py")]}


class Client:
    """A client at work, which is told what to do line by line."""

    def __init__(self, argv, url, bucket):
        self.process = subprocess.Popen([*argv, url, bucket], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        """The numbers that a command answers."""
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line.strip():
            raise SystemExit(f"{self.process.args[0]}: no answer to {words[0]}")
        return [float(word) for word in line.split()]

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def measure(bench, work, verdict):
    """All figures."""
    programs = build(work)
    server = subprocess.Popen([ROOT / "scripts/nats-server"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        clients = {name: Client(argv, url, f"B{number}") for number, (name, argv) in enumerate(programs.items())}
        try:
            figures = speed(clients, max(bench.rounds, 5))
        finally:
            for client in clients.values():
                client.end()
        judge(figures, verdict)
        memory(bench, work, programs, url, verdict)
    finally:
        server.terminate()
        server.wait()


def speed(clients, rounds):
    """The answers of each client to each command, in turns."""
    commands = [("put", CALLS, SIZE), ("get", CALLS), ("pipelined", KEYS, SIZE), ("keys",), ("scan",),
                ("object-put", OBJECT), ("object-get",)]
    figures = {command[0]: {name: [] for name in clients if has(name, command[0])} for command in commands}
    # The first round is not counted: connections are new, and files of the server too.
    for turn in range(rounds + 1):
        for command, *numbers in commands:
            # Whoever is first in one round is last in another.
            names = list(figures[command])
            names = names[turn % len(names):] + names[:turn % len(names)]
            for name in names:
                answer = clients[name].ask(command, *numbers)
                if command in ("keys", "scan") and answer[1] != KEYS:
                    raise SystemExit(f"{name}: {command} found {answer[1]:.0f} keys of {KEYS}")
                if turn:
                    figures[command][name].append(answer)
    return figures


def has(name, command):
    """Whether a client can do something."""
    return name != C or not command.startswith("object")


ROWS = {
    "put": "put of 1 KB, one at a time, p50", "get": "get of 1 KB, one at a time, p50",
    "pipelined": "10,000 puts of 1 KB, 512 under way", "keys": "keys, 10,000", "scan": "values, 10,000 of 1 KB",
    "object-put": "object of 4 MiB, put", "object-get": "object of 4 MiB, get"}


def judge(figures, verdict):
    """Prints a table of medians, and holds them against the targets."""
    names = (OURS, C, GO, PYTHON)
    print("| median of " + str(len(figures["put"][OURS])) + " rounds | " + " | ".join(names) + " | "
          + " | ".join(f"ours to {name}" for name in names[1:]) + " |\n|" + "---|" * (2 * len(names)))
    middle = {command: {name: median(answer[0] for answer in answers) for name, answers in row.items()}
              for command, row in figures.items()}
    for command, row in middle.items():
        times = [shown(row[name]) if name in row else "" for name in names]
        ratios = [f"{row[OURS] / row[name]:.2f}" if name in row else "" for name in names[1:]]
        print(f"| {ROWS[command]} | " + " | ".join(times + ratios) + " |")
    print()
    for command in ("put", "get"):
        tails = ", ".join(f"{name} {shown(median(answer[1] for answer in figures[command][name]))}" for name in names)
        print(f"- {command}, p99: {tails}")
    for command, rival, target in (("put", C, 1.3), ("get", C, 1.3), ("pipelined", C, round(1 / 0.9, 2)), ("keys", GO, 1),
                                   ("scan", GO, 1), ("object-put", GO, 1), ("object-get", GO, 1)):
        verdict(f"{ROWS[command]}: ours to {rival}", middle[command][OURS] / middle[command][rival], target)


def shown(seconds):
    return f"{seconds * 1e6:.0f} µs" if seconds < 0.001 else f"{seconds * 1e3:.1f} ms"


def memory(bench, work, programs, url, verdict):
    """The peak of memory of a client that reads all keys and values of a large bucket, beside a small one."""
    peaks = {}
    for count in (1_000, MANY_KEYS):
        filler = Client(programs[OURS], url, f"M{count}")
        filler.ask("pipelined", count, SIZE)
        filler.end()
        for what in ("keys", "scan"):
            script = work / "nats-commands"
            script.write_text(f"{what}\n" * 3)
            for name, argv in programs.items():
                try:
                    cost, said = bench.watch.run([*argv, url, f"M{count}"], source=str(script))
                except CommandFailed as failure:
                    # A rival that fails now and then on a busy machine has no figure.
                    if name == OURS:
                        raise
                    print(f"{name}: {failure}", file=sys.stderr)
                    continue
                if int(float(re.split(r"\s", said)[1])) != count:
                    raise SystemExit(f"{name}: {what} of {count} keys answered {said}")
                peaks[what, name, count] = cost.memory
    for what, words in (("keys", "names of all keys"), ("scan", "all values of 1 KB")):
        print(f"- peak of memory, {words}, 1,000 and {MANY_KEYS:,} keys: " + ", ".join(
            f"{name} {peaks[what, name, 1_000]:.0f} and {peaks[what, name, MANY_KEYS]:.0f} MB" for name in programs
            if (what, name, 1_000) in peaks and (what, name, MANY_KEYS) in peaks))
        verdict(f"memory, {words}: {MANY_KEYS:,} keys beside 1,000",
                peaks[what, OURS, MANY_KEYS] - peaks[what, OURS, 1_000], 16, " MB")
