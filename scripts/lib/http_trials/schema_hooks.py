"""Hooks for schemathesis, so that its requests refer to existing things.

It makes values from the description alone, so nearly all would name missing things. Some of them are replaced by names
in the store that `description.py` makes; bodies become modules and archives.
"""

import io
import os
import random
import sys
import tarfile
from pathlib import Path

import schemathesis
from hypothesis import strategies

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from wasm_modules import module  # noqa: E402

chance = random.Random(os.environ["SCHEMA_SEED"])
MODULE = module(200, 1)
PATHS = ["a.wasm", "dir/b.wasm", "dir", "new.wasm", "dir/new.wasm", "a.wasm/below", "..", "nope"]
NAMES = {"path": PATHS, "branch": ["main", "dev", "other", "nope", "a..b"], "tag": ["v1", "v2", "nope"],
         "old": ["main", "main~1", "v1", "nope"], "new": ["main", "dev", "v1", "main~99"]}


def archive(*names):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for number, name in enumerate(names):
            item = tarfile.TarInfo(name)
            content = module(100, number)
            item.size = len(content)
            tar.addfile(item, io.BytesIO(content))
    return data.getvalue()


bytes_of = {
    "application/wasm": [MODULE, module(300, 2), MODULE[:20], b"", b"PK\3\4"],
    "application/x-tar": [archive("a.wasm"), archive("x", "dir/y"), archive("../x"), archive("x")[:600], b""],
    "application/gzip": [b"\x1f\x8b\x08", b""],
}
for name, values in bytes_of.items():
    schemathesis.openapi.media_type(name, strategies.sampled_from(values) | strategies.binary(max_size=100))


@schemathesis.serializer(*bytes_of)
def as_they_are(context, value):
    return value


@schemathesis.hook
def before_call(context, case, kwargs):
    """Inserts existing names into requests that are meant to be valid."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for name, values in NAMES.items():
        if name in (case.path_parameters or {}) and chance.random() < 0.7:
            case.path_parameters[name] = chance.choice(values)
    for name in case.headers or {}:
        if name.lower() == "wasmstore-branch" and chance.random() < 0.8:
            case.headers[name] = chance.choice(["main", "dev", "other", "nope"])


@schemathesis.hook
def filter_case(context, case):
    """GET of a path and POST of a hash with a path share one route, so each address gets the description of the other
    one; the rejection of methods is not tested there."""
    return not case.path.startswith("/hash/") or case.method.upper() == case.operation.method.upper()
