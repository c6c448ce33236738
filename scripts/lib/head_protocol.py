"""The protocol of heads (Documentation/kv.md, "Head"), as any keeper of heads has to speak it."""

import json
import threading
import urllib.parse

DIGEST, OTHER = "1" * 64, "2" * 64
MEMBERS = ["at", "barrier", "by", "commit", "from", "id", "kind", "manifest", "revision", "tree"]


def publication(expected, number, **more):
    """The body of a publish that has not been sent before, if the number was not."""
    return {"kind": "publish", "expect": expected, "epoch": 0, "id": f"{number:032x}", "manifest": DIGEST,
            "commit": None, "tree": None, "by": "tester", "barrier": False, **more}


def check(expect, raw):
    """Holds a keeper, which has no heads yet, against the protocol.

    `raw` takes a method, a route below `/.wasmstore/v1/` and a body in bytes or none; it answers a status, and what the
    body says in JSON.
    """
    def ask(method, route, body=None):
        return raw(method, route, None if body is None else json.dumps(body).encode())

    def publish(expected, number, **more):
        return ask("POST", "head/default/main", publication(expected, number, **more))

    status, head = ask("GET", "head/default/main")
    expect("an unknown head", (status, {**head, "now": 0}), (200, {
        "entries": [], "epoch": 0, "floor": 0, "now": 0, "prune_until": 0}))
    expect("no heads", ask("GET", "heads")[1], {"heads": []})
    expect("an unknown log", ask("GET", "log/default/main")[1], {"entries": [], "floor": 0})
    status, head = publish(0, 1, commit="a" * 40, tree="b" * 64, by='"ü\\\n')
    entry = head["entry"]
    expect("a publish", (status, {**entry, "at": 0}), (200, {
        "at": 0, "barrier": False, "by": '"ü\\\n', "commit": "a" * 40, "from": 1, "id": f"{1:032x}", "kind": "publish",
        "manifest": DIGEST, "revision": 1, "tree": "b" * 64}))
    expect("its moment", abs(entry["at"] - head["now"]) <= 1, True)
    expect("its members", sorted(entry), MEMBERS)
    expect("the head then", ask("GET", "head/default/main")[1]["entries"], [entry])
    # The order of what is tested
    expect("again", publish(0, 1)[1]["entry"], entry)
    expect("again, whatever else it says", publish(7, 1, epoch=9)[1]["entry"], entry)
    expect("malformed before all", publish(0, 1, manifest="x")[0], 400)
    status, said = publish(0, 2)
    expect("moved", (status, said["error"]["code"], said["head"]["entries"]), (409, "moved", [entry]))
    expect("moved before pruned", publish(0, 2, epoch=3)[1]["error"]["code"], "moved")
    status, said = publish(1, 2, epoch=3)
    expect("pruned", (status, said["error"]["code"], said["head"]["floor"]), (409, "pruned", 0))
    status, head = publish(1, 2, manifest=OTHER, barrier=True)
    expect("published", (status, head["entry"]["barrier"], len(head["entries"])), (200, True, 2))
    back = {"kind": "rollback", "expect": 2, "id": "3" * 32, "to": 1, "by": "tester"}
    status, head = ask("POST", "head/default/main", back)
    entry = head["entry"]
    expect("a rollback", [entry[name] for name in ("manifest", "commit", "tree", "from", "barrier", "kind", "revision")],
           [DIGEST, "a" * 40, "b" * 64, 1, True, "rollback", 3])
    expect("once", ask("POST", "head/default/main", back)[1]["entry"], entry)
    for to in (0, 4, 9):
        expect(f"unknown {to}", ask("POST", "head/default/main", {**back, "expect": 3, "id": "4" * 32, "to": to})[0], 404)
    again = ask("POST", "head/default/main", {**back, "expect": 3, "id": "5" * 32, "to": 3})[1]["entry"]
    expect("back to a rollback", (again["from"], again["manifest"]), (1, DIGEST))
    floor = {"kind": "floor", "expect": 4, "floor": 2}
    expect("a floor above", ask("POST", "head/default/main", {**floor, "floor": 5})[0], 400)
    expect("moved before it", ask("POST", "head/default/main", {**floor, "expect": 3, "floor": 9})[0], 409)
    status, head = ask("POST", "head/default/main", floor)
    expect("a floor", (status, head["floor"], len(head["entries"]), head["entry"]), (200, 2, 3, None))
    expect("a lower floor", ask("POST", "head/default/main", {**floor, "floor": 1})[1]["floor"], 2)
    status, said = ask("POST", "head/default/main", {**back, "expect": 4, "id": "4" * 32})
    expect("below", (status, said["error"]["code"], said["head"]["floor"]), (409, "below_floor", 2))
    for wrong in ({"kind": "x"}, {"kind": 1}, {"id": "1"}, {"id": "A" * 32}, {"manifest": "A" * 64}, {"expect": -1},
                  {"expect": 1.5}, {"expect": "1"}, {"by": 1}, {"by": None}, {"barrier": 1}, {"commit": "x"}, {"tree": 1},
                  {"epoch": None}):
        expect(f"malformed {wrong}", publish(4, 5, **wrong)[0], 400)
    for text in (b"", b"{", b"[]", b"null", b'{"kind":"publish"} x', b'{"kind":"\xff"}'):
        expect(f"no object: {text}", raw("POST", "head/default/main", text)[0], 400)
    expect("too long", publish(4, 5, more="x" * 9000)[0], 413)
    expect("unknown members", publish(4, 5, more={"x": [1, "y"]})[0], 200)
    for number in range(6, 14):
        expect(f"revision {number}", publish(number - 1, number)[1]["entry"]["revision"], number)
    revisions = [entry["revision"] for entry in ask("GET", "head/default/main")[1]["entries"]]
    expect("the newest eight", revisions, list(range(13, 5, -1)))

    def log(query):
        return [entry["revision"] for entry in ask("GET", f"log/default/main{query}")[1]["entries"]]

    expect("the log", log(""), list(range(13, 0, -1)))
    expect("a part of the log", log("?before=4&limit=2"), [3, 2])
    expect("before all", log("?before=1"), [])
    for query in ("?limit=0", "?limit=1001", "?limit=x", "?before=-1"):
        expect(f"a log {query}", ask("GET", f"log/default/main{query}")[0], 400)
    names(expect, ask)
    pruning(expect, ask)
    race(expect, ask)
    expect("no method", [ask("POST", "heads", {})[0], ask("GET", "prune")[0], ask("POST", "log/default/main", {})[0],
                         ask("PUT", "head/default/main", {})[0]], [405] * 4)
    expect("no route", [ask("GET", "else")[0], ask("GET", "head/default")[0], ask("GET", "head/a/b/c")[0]], [404] * 3)


def names(expect, ask):
    for store, branch in (("site.a", "renovate/@types/node"), ("site.a", "ü'\"\\%"), ("A-_.9", "main")):
        path = f"head/{store}/{urllib.parse.quote(branch, safe='')}"
        expect(f"{branch} of {store}", ask("POST", path, publication(0, 1))[0], 200)
    expect("the heads", ask("GET", "heads")[1], {"heads": [
        {"branch": "main", "revision": 1, "store": "A-_.9"}, {"branch": "main", "revision": 13, "store": "default"},
        {"branch": "renovate/@types/node", "revision": 1, "store": "site.a"},
        {"branch": "ü'\"\\%", "revision": 1, "store": "site.a"}]})
    for path in (".x/main", "-/main", "a%2fb/main", "a b/main".replace(" ", "%20"), "x" * 65 + "/main", "a/%zz", "a/%ff",
                 "a/x%00"):
        expect(f"a bad name {path}", ask("GET", f"head/{path}")[0], 400)


def pruning(expect, ask):
    head = "head/pruned/main"
    ask("POST", head, publication(0, 1))
    lease = {"epoch": 0, "id": "9" * 32, "seconds": 100}
    status, state = ask("POST", "prune", lease)
    expect("a lease", (status, state["epoch"], state["prune_until"] - state["now"]), (200, 1, 100))
    status, said = ask("POST", head, publication(1, 2, epoch=1))
    expect("meanwhile", (status, said["error"]["code"], said["head"]["epoch"]), (409, "pruned", 1))
    back = {"kind": "rollback", "expect": 1, "id": "3" * 32, "to": 1, "by": "tester"}
    expect("a rollback meanwhile", ask("POST", head, back)[0], 200)
    expect("another", ask("POST", "prune", {**lease, "epoch": 1, "id": "8" * 32})[0], 409)
    status, state = ask("POST", "prune", {**lease, "seconds": 500})
    expect("prolonged", (status, state["epoch"], state["prune_until"] - state["now"]), (200, 1, 500))
    expect("ended", ask("POST", "prune", {**lease, "seconds": 0})[1]["prune_until"], 0)
    expect("not prolonged then", ask("POST", "prune", lease)[0], 409)
    expect("another epoch", ask("POST", "prune", {**lease, "id": "7" * 32})[0], 409)
    expect("before it", ask("POST", head, publication(2, 2))[1]["error"]["code"], "pruned")
    expect("after it", ask("POST", head, publication(2, 2, epoch=1))[0], 200)
    for wrong in ({"id": "x"}, {"seconds": -1}, {"seconds": 86401}, {"epoch": "1"}):
        expect(f"a malformed lease {wrong}", ask("POST", "prune", {**lease, **wrong})[0], 400)


def race(expect, ask):
    """Of many that publish at once after the same revision, one wins, and the others are told who."""
    outcomes = []

    def publish(number):
        outcomes.append(ask("POST", "head/race/main", publication(0, number, epoch=1)))

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect("winners and others", sorted(status for status, _ in outcomes), [200] + [409] * 19)
    winner = next(said["entry"] for status, said in outcomes if status == 200)
    expect("what the others are told", [said["head"]["entries"] for status, said in outcomes if status == 409],
           [[winner]] * 19)
