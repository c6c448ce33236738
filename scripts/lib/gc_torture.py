"""The sections of scripts/torture about gc and backups."""

import copy
import fcntl
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from stores import (
    COLLECTIONS, PATIENCE, PROCESSES, WRITING, Broken, add, at_once, calls_of, check_all, disturbing, module, some_of,
    wait_until_open)


def at(store, root):
    """A store like this one in another place."""
    other = copy.copy(store)
    other.root = root
    return other


def make_old(paths):
    """Makes files look unchanged for a while; waiting would take too long."""
    for path in paths:
        try:
            os.utime(path, (time.time() - 60, time.time() - 60), follow_symlinks=False)
        except FileNotFoundError:
            pass


def fill(store):
    """Fills a store with history, two branches, packs, loose objects, and something for a gc to remove."""
    folder = f"{store.folder}/many"
    os.makedirs(folder)
    for number in range(40):
        Path(folder, f"{number}.wasm").write_bytes(module(number))
    store.run("add", "-r", folder, "--to", "many")
    for number in range(20):
        add(store, number, f"one/{number % 4}.wasm")
    store.run("branch", "side")
    store.run("remove", "many")


class Disturbance:
    """Ways to disturb a command: kill it after some time or at a system call, or make a system call fail."""

    def __init__(self, store, most, source):
        self.store, self.most, self.source = store, most, source

    def undisturbed(self, words):
        began = time.perf_counter()
        code = subprocess.run(words, env=self.store.environment, stdin=subprocess.DEVNULL, capture_output=True).returncode
        self.span = time.perf_counter() - began
        return code

    def killed_after(self, moment):
        def run(words):
            process = subprocess.Popen(
                words, env=self.store.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            time.sleep(moment)
            process.kill()
            return process.wait()
        return run

    def traced(self, *options):
        def run(words):
            return subprocess.run(
                ["strace", "-f", "-qq", *options, *words], env=self.store.environment, stdin=subprocess.DEVNULL,
                capture_output=True).returncode
        return run

    def each(self, disturbed):
        """Calls `disturbed` with each disturbance's name and a function that runs a command under it, in turn."""
        disturbed("not disturbed", self.undisturbed)
        for _ in range(min(self.most, 150)):
            moment = self.source.uniform(0, self.span)
            disturbed(f"killed after {moment:.4f} s", self.killed_after(moment))
        trace = f"{self.store.folder}/trace"
        disturbed("traced", self.traced("-o", trace, "-e", f"trace={WRITING}"))
        calls = calls_of(trace)
        for injected in ("signal=KILL", "error=EIO", "error=ENOSPC"):
            for call in some_of(calls, self.most, self.source):
                disturbed(f"{injected} at {call[0]} {call[1]}", self.traced(*disturbing(call, injected)))


def killed_collections(store, most, source):
    """Disturbs gc at every step: the store stays intact, and the next gc removes the files of the killed one."""
    if not shutil.which("strace"):
        return None
    fill(store)
    wanted, side = store.tree(), store.tree("side")
    original, ends = f"{store.folder}/copy", {}
    os.rename(store.root, original)

    def disturbed(words, name, run):
        shutil.copytree(original, store.root, symlinks=True)
        try:
            code = run([store.program, "--root", store.root, *words])
            ends[code == 0] = ends.get(code == 0, 0) + 1
            if store.tree("side") != side or check_all(store) != wanted:
                raise Broken("the contents have changed")
            clean(store)
            if check_all(store) != wanted:
                raise Broken("the next gc changes the contents")
        except Broken as fault:
            raise Broken(f"{' '.join(words)}, {name}: {fault}") from None
        shutil.rmtree(store.root)

    for words in (["gc"], ["gc", "--keep-history"]):
        Disturbance(store, most, source).each(lambda name, run: disturbed(words, name, run))
    return f"{ends.get(True, 0)} ended well, {ends.get(False, 0)} did not"


def clean(store):
    """Makes the next gc remove the files of a process that died."""
    make_old(path for path in Path(store.root).rglob("*.lock")
             if path.name not in ("write.lock", "catalog.lock", "gc.lock"))
    # New objects may belong to a push, for which gc waits.
    make_old(path for path in Path(store.root, "objects").rglob("*") if path.is_file())
    store.run("gc", "--expire-now")
    root = Path(store.root)
    left = os.listdir(root / "tmp") + [path.name for path in root.parent.glob(f".{root.name}.restore-*")]
    left += store.git("for-each-ref", "refs/wasmstore/pins").splitlines()
    if left:
        raise Broken(f"the next gc leaves {left}")


def killed_backups(store, most, source):
    """Disturbs backup and restore-backup at every step: files with a final name are complete, and others are removed
    later."""
    if not shutil.which("strace"):
        return None
    fill(store)
    wanted, side = store.tree(), store.tree("side")
    former = at(store, f"{store.folder}/former")
    add(former, 77, "former.wasm")
    replaced = former.tree()
    archive, fresh = f"{store.folder}/archive.tar.gz", Path(store.folder, "fresh.tar.gz")
    store.run("backup", archive)
    ends = {}

    def counted(code):
        ends[code == 0] = ends.get(code == 0, 0) + 1
        return code

    def backed_up(name, run):
        fresh.unlink(missing_ok=True)
        code = counted(run([store.program, "--root", store.root, "backup", str(fresh)]))
        if fresh.exists():
            store.run("restore-backup", str(fresh), "--verify")
        elif code == 0:
            raise Broken("there is no archive")
        if store.tree("side") != side or check_all(store) != wanted:
            raise Broken("the contents have changed")
        # The history is kept, so that there is more to back up.
        make_old(path for path in Path(store.root, "objects").rglob("*") if path.is_file())
        store.run("gc", "--keep-history", "--expire-now")
        left = os.listdir(f"{store.root}/tmp") + store.git("for-each-ref", "refs/wasmstore/pins").splitlines()
        make_old(Path(store.folder).glob("fresh.tar.gz.*"))
        store.run("backup", str(fresh))
        left += [path.name for path in Path(store.folder).glob("fresh.tar.gz.*")]
        if left:
            raise Broken(f"the next gc and backup leave {left}")

    target = at(store, f"{store.folder}/target")

    def restored(prepare, before, name, run):
        prepare()
        words = ["restore-backup", archive, "--yes"]
        code = counted(run([store.program, "--root", target.root, *words]))
        # Without HEAD it is not a store, for us and for git.
        found = check_all(target) if os.path.exists(f"{target.root}/HEAD") else None
        if found != wanted and (code == 0 or found != before):
            raise Broken(f"neither the old store nor the new one exists: {found}")
        target.run(*words)
        if check_all(target) != wanted or target.tree("side") != side:
            raise Broken("the store that was restored again differs from the backup")
        clean(target)
        shutil.rmtree(target.root)

    def nothing():
        shutil.rmtree(target.root, ignore_errors=True)

    def empty_folder():
        nothing()
        os.makedirs(target.root)

    def other_store():
        nothing()
        shutil.copytree(former.root, target.root, symlinks=True)

    for title, disturbed in (
            ("backup", backed_up),
            ("restore-backup to a new place", lambda *how: restored(nothing, None, *how)),
            ("restore-backup into an empty folder", lambda *how: restored(empty_folder, None, *how)),
            ("restore-backup over a store", lambda *how: restored(other_store, replaced, *how))):
        def told(name, run):
            try:
                disturbed(name, run)
            except Broken as fault:
                raise Broken(f"{title}, {name}: {fault}") from None
        Disturbance(store, most, source).each(told)
    return f"{ends.get(True, 0)} ended well, {ends.get(False, 0)} did not"


def backups(store, rounds, source):
    """Makes backups while writers and gc run; each archive is complete and has all changes acknowledged before its
    start."""
    add(store, 0, "first.wasm")
    acknowledged, busy = {"first.wasm": store.source(0)[1]}, [True]
    modules = [store.source(number) for number in range(5)]

    def writer(name):
        chance = random.Random(f"{store.seed}{name}")

        def work():
            number = 0
            while busy:
                number += 1
                path = f"{name}/{number}.wasm"
                digest = add(store, 100 + name * 100_000 + number, path)
                acknowledged[path] = digest
                # An object that is deleted and added again.
                store.run("add", chance.choice(modules)[0], f"again/{name}.wasm")
                if chance.random() < 0.5:
                    store.run("remove", f"again/{name}.wasm")
        return work

    removed = []

    def collector():
        while busy:
            for words in COLLECTIONS:
                removed.append(int(store.run(*words)[1]))

    def keeper():
        try:
            for number in range(rounds):
                wanted = dict(acknowledged)
                archive, copied = f"{store.folder}/{number}.tar.gz", at(store, f"{store.folder}/restored")
                store.run("backup", archive)
                if number % 10 == 9:
                    os.makedirs(copied.root)
                    subprocess.run(["tar", "xzf", archive], cwd=copied.root, check=True)
                else:
                    copied.run("restore-backup", archive)
                seen = check_all(copied)
                missing = [path for path, digest in wanted.items() if seen.get(path) != digest]
                if missing:
                    raise Broken(f"archive {number} lacks {len(missing)} of {len(wanted)}: {missing[:4]}")
                shutil.rmtree(copied.root)
                os.unlink(archive)
        finally:
            busy.clear()

    at_once([keeper, collector, *(writer(name) for name in range(3))])
    seen = check_all(store)
    if any(seen.get(path) != digest for path, digest in acknowledged.items()):
        raise Broken("the store itself is incomplete")
    return f"{rounds} backups beside {len(removed)} collections that removed {sum(removed)} objects"


# Commands for a branch main that has OLD at x.wasm in the commit FIRST, and a later version after it; and the branch
# and path where a successful command leaves OLD.
OUTLASTING = [
    (["set", "OLD", "y.wasm"], "main", "y.wasm"), (["restore", "FIRST", "x.wasm"], "main", "x.wasm"),
    (["rollback", "x.wasm"], "main", "x.wasm"), (["merge", "side"], "main", "side.wasm"),
    (["branch", "new", "--from", "FIRST"], "new", "x.wasm"),
]


def referring(store, rounds, source):
    """Stops each command while a gc runs, before it takes a lock or while it waits to write."""
    writers = PROCESSES if rounds >= 100 else 2
    done, number = {True: 0, False: 0}, 0
    add(store, 0, "first.wasm")
    acknowledged = {"first.wasm": store.source(0)[1]}
    for round in range(rounds):
        for words, branch, path in OUTLASTING:
            number += 1
            ended = referring_round(store, number, words, (branch, path), round % 2 == 0, writers, acknowledged)
            done[ended] += 1
    return f"{done[True]} commands succeeded, {done[False]} found nothing any more"


def referring_round(store, number, words, result, is_early, writers, acknowledged):
    title = f"{' '.join(words)}, stopped {'before it had a lock' if is_early else 'when it had resolved'}"
    old, wanted = store.source(number % 7 + 10)
    add(store, number % 7 + 10, "x.wasm")
    first = store.run("snapshot")[1].strip()
    store.run("branch", "side")
    store.run("add", old, "side.wasm", "--branch", "side")
    add(store, number % 5 + 30, "x.wasm")
    store.run("branch", "gone")
    words = [{"FIRST": first, "OLD": wanted}.get(word, word) for word in words]

    def writer(name):
        def work():
            for again in (0, 1):
                path = f"again/{name}-{again}.wasm"
                store.run("add", old, path)
                acknowledged[path] = wanted
        return work

    def refer():
        locks = [f"{store.root}/gate", f"{store.root}/lock"] if is_early else [f"{store.root}/write.lock"]
        files = [open(path, "a") for path in locks]
        for file in files:
            fcntl.flock(file, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [store.program, "--root", store.root, *words], env=store.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_until_open(process, set(locks))
        # It tries to take the lock at intervals, and cannot get it while it is stopped.
        os.kill(process.pid, signal.SIGSTOP)
        before = store.git("rev-parse", "main")
        for file in files:
            file.close()
        collection = subprocess.Popen(
            [store.program, "--root", store.root, "gc"], env=store.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + PATIENCE
        # After a command has resolved its names, gc cannot delete, but it can still squash.
        while collection.poll() is None and (is_early or store.git("rev-parse", "main") == before):
            if time.monotonic() > end:
                raise Broken("gc did not finish")
        os.kill(process.pid, signal.SIGCONT)
        for child, name in ((process, words[0]), (collection, "gc")):
            errors = child.communicate(timeout=PATIENCE)[1]
            if child.returncode not in ((0, 1, 4) if child is process else (0,)):
                raise Broken(f"{name}: exit {child.returncode}: {errors.strip()}")
        return process.returncode == 0

    try:
        ended = at_once([refer, *(writer(name) for name in range(writers))])[0]
        seen = check_all(store)
        found = (seen if result[0] == "main" else store.tree(result[0])).get(result[1]) if ended else wanted
        if found != wanted:
            raise Broken(f"it succeeded, but {result[1]} of {result[0]} is {found}, not {wanted}")
        missing = [path for path, digest in acknowledged.items() if seen.get(path) != digest]
        if missing:
            raise Broken(f"{missing} are not as acknowledged")
    except Broken as fault:
        raise Broken(f"{title}: {fault}") from None
    for name in ("side", "gone", "new"):
        store.run("branch", name, "--delete", "--force", check=False)
    store.run("remove", "y.wasm", check=False)
    store.run("remove", "side.wasm", check=False)
    return ended


def pushes(store, rounds, source):
    """Holds a push by plain git in a hook while gc runs."""
    add(store, 0, "first.wasm")
    hooks, ready, go = (f"{store.root}/hooks", f"{store.folder}/ready", f"{store.folder}/go")
    os.makedirs(hooks, exist_ok=True)
    for path in (ready, go):
        os.mkfifo(path)
    clone, accepted, refused = f"{store.folder}/clone", 0, 0
    store.git("clone", "--quiet", store.root, clone)
    number = 100
    kinds = [(hook, limit, on_main, words) for hook in ("pre-receive", "update") for limit in ("1", "1000")
             for on_main in (False, True) for words in COLLECTIONS]
    for turn in range(rounds):
        if turn % len(kinds) == 0:
            source.shuffle(kinds)
        hook, limit, on_main, words = kinds[turn % len(kinds)]
        number += 1
        # With no grace period, a gc waits for the push, 10 s at most.
        is_held = turn % 2 and ("--expire-now" not in words or turn // len(kinds) == 4)
        moment = None if is_held else source.uniform(0, 0.2)
        wanted = dying_push(store, clone, number, on_main)
        store.git("config", "receive.unpackLimit", limit)
        try:
            ended = held_push(store, clone, number, hook, words, (ready, go), moment)
            check_all(store)
            if ended and store.tree(f"pushed{number}") != wanted:
                raise Broken("the pushed commits are missing")
        except Broken as fault:
            raise Broken(f"push {'on main ' if on_main else ''}held in {hook}, unpackLimit {limit}, "
                         f"{' '.join(words)}: {fault}") from None
        accepted, refused = accepted + ended, refused + (not ended)
        store.run("branch", f"pushed{number}", "--delete", "--force", check=False)
    return f"{accepted} pushes accepted, {refused} refused"


def dying_push(store, clone, number, on_main):
    """Makes a commit in the clone with a new module and one that a gc of the store is about to remove; with `on_main`,
    on commits that the gc is about to squash."""
    def git(*words):
        return subprocess.run(["git", "-C", clone, "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True,
                              env=store.environment, capture_output=True, text=True).stdout
    old, _ = store.source(number)
    store.run("add", old, "dying.wasm")
    store.run("remove", "dying.wasm")
    new, _ = store.source(number + 50_000)
    git("fetch", "--quiet", "origin", "main")
    if on_main:
        git("checkout", "--quiet", "-B", f"pushed{number}", "FETCH_HEAD")
    else:
        git("checkout", "--quiet", "--orphan", f"pushed{number}", "FETCH_HEAD")
    for name, path in (("old.wasm", old), ("new.wasm", new)):
        shutil.copy(path, f"{clone}/{name}")
    git("add", "--all")
    git("commit", "--quiet", "--message", "a push")
    return {"first.wasm": store.source(0)[1], "old.wasm": store.source(number)[1],
            "new.wasm": store.source(number + 50_000)[1]}


def held_push(store, clone, number, hook, words, pipes, moment):
    """Holds a push until the gc has ended, or for `moment` seconds; returns whether git accepted it."""
    path = Path(store.root, "hooks", hook)
    path.write_text(f"#!/bin/sh\necho > '{pipes[0]}'\nread line < '{pipes[1]}'\n")
    path.chmod(0o755)
    push = subprocess.Popen(
        ["git", "-C", clone, "push", "--quiet", store.root, f"pushed{number}"], env=store.environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with open(pipes[0]) as file:
        file.read()
    collection = subprocess.Popen(
        [store.program, "--root", store.root, *words], env=store.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if moment is None:
            collection.wait(timeout=PATIENCE)
        else:
            time.sleep(moment)
    finally:
        with open(pipes[1], "w") as file:
            file.write("\n")
        push.communicate(timeout=PATIENCE)
        path.unlink()
    errors = collection.communicate(timeout=PATIENCE)[1]
    if collection.returncode:
        raise Broken(f"gc: exit {collection.returncode}: {errors.strip()}")
    return push.returncode == 0


# section, its size in full and in the quick form
SECTIONS = {
    "killed-gc": (killed_collections, 200, 5),
    "killed-backup": (killed_backups, 60, 3),
    "backups": (backups, 50, 5),
    "referring": (referring, 200, 4),
    "pushes": (pushes, 160, 12),
}
