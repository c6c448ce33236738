"""Does what Tests/NATSMeasuring does, with the Python client: `python nats_py.py URL BUCKET`."""

import asyncio
import sys
import time

import nats
import nats.js.errors
from nats.js.api import KeyValueConfig

WINDOW, PATIENCE = 512, 10


def percentiles(times):
    times.sort()
    return [times[len(times) // 2], times[len(times) * 99 // 100]]


class Client:
    """What is measured; each method answers seconds, and counts."""

    def __init__(self, stream, store, objects, bucket):
        self.stream, self.store, self.objects, self.bucket = stream, store, objects, bucket

    async def put(self, count, size):
        value, times = b"x" * size, []
        for number in range(count):
            key, began = f"k{number}", time.perf_counter()
            await self.store.put(key, value)
            times.append(time.perf_counter() - began)
        return percentiles(times)

    async def get(self, count):
        times = []
        for number in range(count):
            key, began = f"k{number}", time.perf_counter()
            await self.store.get(key)
            times.append(time.perf_counter() - began)
        return percentiles(times)

    async def pipelined(self, count, size):
        value, began = b"x" * size, time.perf_counter()
        for number in range(count):
            await self.stream.publish_async(f"$KV.{self.bucket}.k{number}", value, wait_stall=PATIENCE)
        await self.stream.publish_async_completed()
        return [time.perf_counter() - began]

    async def keys(self):
        # As its `keys` does, which fails where its watch ends too early.
        return (await self.watched(meta_only=True))[:2]

    async def scan(self):
        return await self.watched()

    async def watched(self, **options):
        """Reads all values. A watch takes the bucket for empty if all entries arrive before it asks how many there are; then
        it begins again, and so does the time."""
        while True:
            count, length, began = 0, 0, time.perf_counter()
            watcher = await self.store.watchall(ignore_deletes=True, **options)
            while (entry := await watcher.updates(timeout=PATIENCE)) is not None:
                count, length = count + 1, length + len(entry.value or b"")
            await watcher.stop()
            if count:
                return [time.perf_counter() - began, count, length]

    async def object_put(self, size):
        value, began = b"x" * size, time.perf_counter()
        await self.objects.put("o", value)
        return [time.perf_counter() - began]

    async def object_get(self):
        began = time.perf_counter()
        found = await self.objects.get("o")
        return [time.perf_counter() - began, len(found.data)]


async def main(url, bucket):
    connection = await nats.connect(url)
    stream = connection.jetstream(publish_async_max_pending=WINDOW)
    try:
        store, objects = await stream.key_value(bucket), await stream.object_store(bucket)
    except nats.js.errors.NotFoundError:
        store = await stream.create_key_value(KeyValueConfig(bucket=bucket))
        objects = await stream.create_object_store(bucket)
    client = Client(stream, store, objects, bucket)
    for line in sys.stdin:
        command, *numbers = line.split()
        answer = await getattr(client, command.replace("-", "_"))(*map(int, numbers))
        print(*answer, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
