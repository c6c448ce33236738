"""Does with nats-py what the suites of the NATS modules compare with: `python nats_peer.py URL COMMAND [ARGUMENT…]`."""

import asyncio
import json
import sys

import nats
from nats.js import api


async def put_object(stream, bucket, name):
    """Stores standard input as an object; creates the bucket where it is missing."""
    try:
        store = await stream.object_store(bucket)
    except nats.js.errors.NotFoundError:
        store = await stream.create_object_store(bucket, description="of the peer")
    meta = api.ObjectMeta(description="from the peer", headers={"A": "1"})
    await store.put(name, sys.stdin.buffer.read(), meta)


async def get_object(stream, bucket, name):
    """Writes an object to standard output."""
    store = await stream.object_store(bucket)
    sys.stdout.buffer.write((await store.get(name)).data)


async def objects(stream, bucket):
    """Prints what is said of each object."""
    store = await stream.object_store(bucket)
    for info in await store.list(ignore_deletes=True):
        print(json.dumps({"name": info.name, "size": info.size, "chunks": info.chunks, "digest": info.digest,
                          "description": info.description}, sort_keys=True))


async def delete_object(stream, bucket, name):
    await (await stream.object_store(bucket)).delete(name)


async def create_bucket(stream, bucket, history):
    await stream.create_key_value(bucket=bucket, history=int(history), direct=True)


async def value(stream, bucket, command, key, *arguments):
    """Changes a key by one of the client's calls, with standard input as the value where it takes one."""
    store = await stream.key_value(bucket)
    values = [sys.stdin.buffer.read()] if command in ("put", "create", "update") else []
    print(await getattr(store, command)(key, *values, *map(int, arguments)))


async def get_value(stream, bucket, key):
    """Writes the value of a key to standard output."""
    store = await stream.key_value(bucket)
    sys.stdout.buffer.write((await store.get(key)).value or b"")


async def get_revision(stream, bucket, key, revision):
    store = await stream.key_value(bucket)
    sys.stdout.buffer.write((await store.get(key, revision=int(revision))).value)


async def keys(stream, bucket):
    """Prints the keys, sorted."""
    entries = await everything(await stream.key_value(bucket))
    print("\n".join(sorted({entry.key for entry in entries if entry.operation not in ("DEL", "PURGE")})))


async def values(stream, bucket):
    """Prints all that a bucket holds, as a watch with history shows it."""
    for entry in await everything(await stream.key_value(bucket), include_history=True):
        print(entry.key, entry.revision, entry.operation or "PUT", (entry.value or b"").decode())


async def everything(store, **options):
    """The entries that a watch begins with. The client takes a bucket for empty if all entries arrive before it asks how
    many there are, so an empty answer counts only if the bucket is empty."""
    while True:
        watch = await store.watchall(**options)
        entries = []
        async for entry in watch:
            if entry is None:
                break
            entries.append(entry)
        await watch.stop()
        if entries or (await store.status()).values == 0:
            return entries


async def configuration(stream, name):
    """Prints how a stream is set up."""
    info = await stream.stream_info(name)
    print(json.dumps(info.config.as_dict(), sort_keys=True))


async def main(url, command, *arguments):
    client = await nats.connect(url)
    await globals()[command](client.jetstream(), *arguments)
    await client.close()


asyncio.run(main(*sys.argv[1:]))
