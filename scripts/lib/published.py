"""Reads what `wasmstore kv-sync` has published, as Documentation/kv.md describes it; nothing here is taken from the program."""

import hashlib
import struct


class Unreadable(Exception):
    """Something that breaks a rule of the format."""


def need(condition, what):
    if not condition:
        raise Unreadable(what)


def named(key, value):
    need(hashlib.sha256(value).hexdigest() == key[2:], f"{key} has other bytes")
    return value


def files(get, manifest):
    """The rows of a manifest by their paths: size, type and content; `get` answers the value of a key."""
    root = named("m/" + manifest, get("m/" + manifest))
    magic, version, bits, zero, count, chunk = struct.unpack_from("<4sHBBII", root)
    need((magic, version, zero, chunk) == (b"WSMR", 1, 0, 16777216) and root[16:32] == bytes(16), "root")
    need(len(root) == 32 + 32 * 2**bits, "length of the root")
    found = {}
    for index in range(2**bits):
        digest = root[32 + 32 * index:64 + 32 * index]
        if any(digest):
            key = "s/" + digest.hex()
            found.update(shard(get, named(key, get(key)), bits, index))
    need(len(found) == count, "number of rows")
    return found


def shard(get, data, bits, index):
    magic, version, its_bits, its_index, rows, heap = struct.unpack_from("<4sHBBII", data)
    need((magic, version, its_bits, its_index) == (b"WSMS", 1, bits, index) and rows, "shard")
    need(len(data) == 32 + 80 * rows + heap and data[16:32] == bytes(16), "length of a shard")
    last, types, paths_end = b"", [], 32 + 80 * rows
    for number in range(rows):
        row = data[32 + 80 * number:112 + 80 * number]
        size, modified, path_at, type_at, path_length, type_length, chunks = struct.unpack_from("<QQIIHHI", row, 48)
        path, kind = data[path_at:path_at + path_length], data[type_at:type_at + type_length]
        need(path_at == paths_end, "order of the paths")
        paths_end += path_length
        need(row[:16] == hashlib.sha256(path).digest()[:16] and row[:16] > last, "order of the rows")
        need(bits == 0 or row[0] >> (8 - bits) == index, "place of a row")
        last = row[:16]
        types.append(kind)
        key = "b/" + row[16:48].hex()
        value = get(key)
        if chunks:
            need(len(value) == 32 * chunks, "list of chunks")
            digests = [value[at:at + 32].hex() for at in range(0, len(value), 32)]
            value = b"".join(named("c/" + digest, get("c/" + digest)) for digest in digests)
        named(key, value)
        need(len(value) == size and modified > 0, "size of a content")
        yield path, (kind.decode("ascii"), value)
    need(data[paths_end:] == b"".join(sorted(set(types))), "types")
