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


async def configuration(stream, name):
    """Prints how a stream is set up."""
    info = await stream.stream_info(name)
    print(json.dumps(info.config.as_dict(), sort_keys=True))


async def main(url, command, *arguments):
    client = await nats.connect(url)
    await globals()[command](client.jetstream(), *arguments)
    await client.close()


asyncio.run(main(*sys.argv[1:]))
