"""Runs commands and measures them: wall time, CPU time, and peak resident memory."""

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

# The peak memory of a child starts at the memory of its parent, so a process with very little memory starts the
# commands. Requests and answers are Python literals, one per line.
LAUNCHER = """
import os, sys, time
while True:
    line = sys.stdin.readline()
    if not line:
        break
    argv, folder, variables, source, target = eval(line)
    os.chdir(folder)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, target + ".err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    if target == "/dev/null":
        actions[2] = (os.POSIX_SPAWN_DUP2, 1, 2)
    began = time.perf_counter()
    child = os.posix_spawnp(argv[0], argv, variables, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    sys.stdout.write(repr((os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime,
                           usage.ru_maxrss)) + "\\n")
    sys.stdout.flush()
"""


class CommandFailed(Exception):
    """A measured command failed."""


@dataclass
class Cost:
    """The cost of one run: seconds of wall and CPU time, and peak memory in megabytes."""

    wall: float = 0
    processor: float = 0
    memory: float = 0

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.processor + other.processor, max(self.memory, other.memory))


class Stopwatch:
    """Starts commands in one environment and measures each."""

    def __init__(self, environment):
        self.environment = environment
        self.folder = tempfile.TemporaryDirectory(prefix="bench-")
        self.launcher = subprocess.Popen(
            [os.path.realpath(sys.executable), "-I", "-S", "-c", LAUNCHER],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.floor = min(self.run(["true"])[0].memory for _ in range(3))

    def run(self, argv, folder="/", variables=None, source="/dev/null", discard=False):
        """Runs one command; returns its cost and output."""
        target = "/dev/null" if discard else self.folder.name + "/output"
        request = (argv, folder, self.environment | (variables or {}), source, target)
        self.launcher.stdin.write(repr(request) + "\n")
        self.launcher.stdin.flush()
        code, wall, processor, kilobytes = eval(self.launcher.stdout.readline())
        if code:
            said = "" if discard else open(target + ".err", errors="replace").read()
            raise CommandFailed(f"{' '.join(argv)}: exit {code}: {said.strip()[-500:]}")
        printed = "" if discard else open(target, errors="replace").read()
        return Cost(wall, processor, kilobytes / 1024), printed


def interleaved(rounds, rivals, prepare=None):
    """Runs every rival once per round, `rounds` times; returns the costs of each by name."""
    costs = {name: [] for name in rivals}
    for number in range(rounds):
        for name, run in rivals.items():
            if prepare:
                prepare(name)
            costs[name].append(run(number))
    return costs


def median(costs):
    return Cost(*(statistics.median(getattr(cost, part) for cost in costs)
                  for part in ("wall", "processor", "memory")))


def percentile(values, share):
    """The nearest-rank percentile: the smallest value that `share` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)]


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def table(title, costs, ours, notes=None):
    """A Markdown table of medians, with the ratio of ours to each rival."""
    own = median(costs[ours])
    rounds = len(costs[ours])
    lines = [
        f"### {title}", "",
        f"| of {rounds} runs | wall, median | wall, least | user+sys, median | user+sys, least | peak MB "
        "| wall, ours to it | user+sys, ours to it |" + (" notes |" if notes else ""),
        "|---|---|---|---|---|---|---|---|" + ("---|" if notes else ""),
    ]
    for name, list_of_costs in costs.items():
        middle = median(list_of_costs)
        ratios = "| | |" if name == ours else (
            f"| {own.wall / middle.wall:.2f} | {own.processor / max(middle.processor, 1e-6):.2f} |")
        lines.append(
            f"| {name} | {seconds(middle.wall)} | {seconds(min(cost.wall for cost in list_of_costs))} "
            f"| {seconds(middle.processor)} | {seconds(min(cost.processor for cost in list_of_costs))} "
            f"| {middle.memory:.0f} {ratios}" + (f" {notes.get(name, '')} |" if notes else ""))
    print("\n".join(lines) + "\n", flush=True)


def verdict(what, value, target, unit=""):
    """One line that compares a measured value with its target."""
    said = "met" if value <= target else "MISSED"
    print(f"- {what}: {value:.2f}{unit}, target {target}{unit}: {said}", flush=True)
