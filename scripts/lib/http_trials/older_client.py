"""Calls each method of the older tool's Python client (PyPI `wasmstore==0.3.0`) that sends a request.

    python older_client.py open URL MODULE OTHER_MODULE
    python older_client.py keys URL MODULE KEY_FOR_ALL KEY_FOR_GET
"""

import hashlib
import sys
from pathlib import Path

import wasmstore


def main(url, first, second):
    one, two = Path(first).read_bytes(), Path(second).read_bytes()
    hash_one, hash_two = (hashlib.sha256(data).hexdigest() for data in (one, two))
    client = wasmstore.Client(url)

    # A store that has nothing yet
    assert client.snapshot() is None
    assert client.list() == {}
    assert client.find("a.wasm") is None
    assert client.hash("a.wasm") is None
    assert client.contains("a.wasm") is False
    assert client.versions("a.wasm") == []
    assert client.remove("a.wasm") is True

    # Modules
    assert client.add("a.wasm", one) == hash_one
    assert client.add("/dir/b.wasm", two) == hash_two
    assert client.add(["dir", "c.wasm"], one) == hash_one
    assert client.find("a.wasm") == one
    assert client.find("/dir/b.wasm") == client.find(["dir", "b.wasm"]) == two
    assert client.find(hash_two) == two
    assert client.hash("/dir/b.wasm") == hash_two
    assert client.contains("a.wasm") is True and client.contains("nope") is False
    assert client.list() == {"/a.wasm": hash_one, "/dir/b.wasm": hash_two, "/dir/c.wasm": hash_one}
    assert client.list("dir") == client.list("/dir") == {"/dir/b.wasm": hash_two, "/dir/c.wasm": hash_one}
    assert client.list(["dir", "b.wasm"]) == {"/dir/b.wasm": hash_two}
    assert client.list("nope") == {}
    # The error in a module is returned as text, and nothing is stored.
    assert client.add("a.wasm", one[:12]) == "unexpected end-of-file"
    assert client.hash("a.wasm") == hash_one

    # The response arrives although the client has not sent everything.
    assert client.add("a.wasm", b"PK\3\4" + bytes(30_000_000)).startswith("magic header not detected")

    # History
    before = client.snapshot()
    assert client.add("a.wasm", two) == hash_two
    after = client.snapshot()
    assert before != after
    assert client.versions("a.wasm") == [[hash_one, client.versions("a.wasm")[0][1]], [hash_two, after]]
    commit = client.commit_info(after)
    assert commit["hash"] == after and commit["parents"] == [before], commit
    assert isinstance(commit["date"], int) and isinstance(commit["author"], str) and commit["message"], commit
    assert client.rollback("/a.wasm") is True and client.hash("a.wasm") == hash_one
    assert client.rollback() is True and client.hash("a.wasm") == hash_two
    assert client.restore(before, "a.wasm") is True and client.hash("a.wasm") == hash_one
    assert client.restore(after) is True and client.snapshot() == after and client.hash("a.wasm") == hash_two
    assert client.restore("0" * 40) is False
    assert client.remove("/dir/c.wasm") is True and client.contains("dir/c.wasm") is False

    # Branches
    assert client.branches() == ["main"]
    assert client.create_branch("dev") is True and client.create_branch("dev") is False
    assert sorted(client.branches()) == ["dev", "main"]
    dev = wasmstore.Client(url, branch="dev")
    assert dev.add("only.wasm", one) == hash_one
    assert dev.contains("only.wasm") is True and client.contains("only.wasm") is False
    assert client.merge("dev") is True and client.contains("only.wasm") is True
    assert client.merge("nope") is False
    assert client.delete_branch("dev") is True and client.branches() == ["main"]
    assert dev.find("only.wasm") is None

    # Garbage
    assert client.gc() is True
    assert client.commit_info(client.snapshot())["parents"] == []
    assert client.find("a.wasm") == two

    # An attribute hides the method; it is reached through the class.
    assert wasmstore.Client.auth(client, "GET") is True and wasmstore.Client.auth(client, "POST") is True


def keys(url, module, all_key, read_key):
    """The same client with a server that requires keys."""
    data = Path(module).read_bytes()
    all_of_it = wasmstore.Client(url, auth=all_key)
    read_only = wasmstore.Client(url, auth=read_key)
    stranger, nobody = wasmstore.Client(url, auth="unknown"), wasmstore.Client(url)
    digest = hashlib.sha256(data).hexdigest()
    assert all_of_it.add("a.wasm", data) == digest
    assert all_of_it.find("a.wasm") == read_only.find("a.wasm") == data
    # 401 has an empty body, which `find` treats as a module.
    assert stranger.find("a.wasm") == nobody.find("a.wasm") == b""
    assert stranger.hash("a.wasm") is None and nobody.snapshot() is None
    assert read_only.add("b.wasm", data) == "" and read_only.remove("a.wasm") is False
    assert read_only.contains("a.wasm") is False  # HEAD is a separate method
    auth = wasmstore.Client.auth
    assert [auth(all_of_it, method) for method in ("GET", "HEAD", "POST", "PUT", "DELETE")] == [True] * 5
    assert [auth(read_only, method) for method in ("GET", "HEAD", "POST", "PUT", "DELETE")] == [True] + [False] * 4
    assert not auth(stranger, "GET") and not auth(nobody, "GET")
    assert all_of_it.hash("b.wasm") is None


if __name__ == "__main__":
    {"open": main, "keys": keys}[sys.argv[1]](*sys.argv[2:])
