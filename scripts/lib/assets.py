"""Reads and makes what kv-assets and wrangler read and make; nothing here is taken from the program."""

import base64
import os
import struct


def read_bincode(data):
    """A map from Rust's String to a struct of path, modified and size, as bincode 1 writes it."""
    at = 0

    def number():
        nonlocal at
        at += 8
        return struct.unpack_from("<Q", data, at - 8)[0]

    def text():
        nonlocal at
        length = number()
        at += length
        if at > len(data):
            raise ValueError("a text is cut off")
        return data[at - length:at].decode()

    found = {}
    for _ in range(number()):
        path = text()
        found[path] = {"path": text(), "modified": number(), "size": number()}
    if at != len(data):
        raise ValueError("something follows")
    return found


def key(path, content, version):
    """The key of a file, by wrangler 1 or 4."""
    import xxhash
    number = xxhash.xxh64(base64.b64encode(content), seed=0).intdigest()
    digits = (f"{number:x}" if version == 1 else f"{number:016x}")[:10]
    stem, ending = os.path.splitext(os.path.basename(path))
    return os.path.join(os.path.dirname(path), f"{stem}.{digits}{ending}")
