"""Makes small valid WebAssembly modules and components, for transcripts, torture and benchmarks.

make-wasm NAME [SIZE] [SEED]        writes a core module of SIZE bytes (default and minimum: 64)
make-component NAME [SIZE] [SEED]   writes a component (default and minimum: 128)
make-interface NAME ITEM...         writes a core module with the imports and exports of the items:
                                    `import:MODULE.NAME:TYPE`, `export:NAME:TYPE`. TYPE is `memory 1`,
                                    `memory 1 2`, `shared 1 2`, `global`, or a function: `il>f` takes an
                                    i32 and an i64 and returns an f32; d is f64 and v is v128

NAME `-` is standard output. Different seeds give different modules, and the same seed always the same
bytes. A module exports one function `run`, which returns the seed; a custom section fills it to its size.
"""

import random
import sys

# Random bytes from this table deflate to about 45 % of their length, as code does.
_table = random.Random(1)
WORDS = [_table.randbytes(_table.randint(2, 10)) for _ in range(256)]
WORD_LENGTH = sum(map(len, WORDS)) // len(WORDS)


def unsigned(value):
    encoded = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        encoded.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(encoded)


def signed(value):
    encoded = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        done = (value == 0 and not byte & 0x40) or (value == -1 and byte & 0x40)
        encoded.append(byte if done else byte | 0x80)
        if done:
            return bytes(encoded)


def section(identifier, content):
    return bytes([identifier]) + unsigned(len(content)) + content


def text(value):
    return unsigned(len(value)) + value


def filler(length, seed):
    source = random.Random(seed)
    data = b"".join(source.choices(WORDS, k=length // WORD_LENGTH + 8))
    while len(data) < length:
        data += b"".join(source.choices(WORDS, k=64))
    return data[:length]


def custom_section(size, seed):
    """A custom section of exactly `size` bytes, or empty bytes if that is too short."""
    name = text(b"seed %d" % seed)
    for width in range(1, 6):
        rest = size - 1 - width
        encoded = bytearray(unsigned(max(rest, 0)))
        if len(name) <= rest and len(encoded) <= width:
            while len(encoded) < width:  # a longer encoding of the same number, if no shorter one fits
                encoded[-1] |= 0x80
                encoded.append(0)
            return b"\0" + bytes(encoded) + name + filler(rest - len(name), seed)
    return b""


def module(size=64, seed=0):
    """A valid core module."""
    body = b"\x00\x41" + signed(seed % (1 << 31)) + b"\x0b"
    core = b"\0asm\x01\0\0\0" + b"".join([
        section(1, b"\x01\x60\x00\x01\x7f"),
        section(3, b"\x01\x00"),
        section(7, b"\x01" + text(b"run") + b"\x00\x00"),
        section(10, b"\x01" + unsigned(len(body)) + body),
    ])
    return core + custom_section(size - len(core), seed)


def incompressible_module(size, seed):
    """A valid core module, mostly of incompressible bytes."""
    content = text(b"seed %d" % seed) + random.Random(seed).randbytes(size)
    return b"\0asm\x01\0\0\0" + section(0, content)


def component(size=128, seed=0):
    """A valid component that contains one core module."""
    head = b"\0asm\x0d\0\x01\0"
    inner = section(1, module(48, seed))
    return head + inner + custom_section(size - len(head) - len(inner), seed)


def interface(items):
    """A valid core module with the given imports and exports."""
    values = {"i": 0x7F, "l": 0x7E, "f": 0x7D, "d": 0x7C, "v": 0x7B}
    types, imports, functions, memories, exports = [], [], [], [], []
    counts = {"function": 0, "memory": 0, "global": 0}
    codes = {"function": 0, "memory": 2, "global": 3}

    def described(words):
        """The kind of a type, and its encoding."""
        if words[0] in ("memory", "shared"):
            flags = (2 if words[0] == "shared" else 0) + len(words) - 2
            return "memory", bytes([flags]) + b"".join(unsigned(int(word)) for word in words[1:])
        if words[0] == "global":
            return "global", b"\x7f\0"
        parameters, results = ([values[letter] for letter in side] for side in words[0].split(">"))
        types.append(b"\x60" + text(bytes(parameters)) + text(bytes(results)))
        return "function", unsigned(len(types) - 1)

    for is_import in (True, False):
        for item in items:
            where, rest = item.split(":", 1)
            name, words = rest.rsplit(":", 1)
            if (where == "import") != is_import:
                continue
            kind, encoded = described(words.split())
            if is_import:
                outer, inner = name.split(".", 1)
                imports.append(text(outer.encode()) + text(inner.encode()) + bytes([codes[kind]]) + encoded)
            else:
                exports.append(text(name.encode()) + bytes([codes[kind]]) + unsigned(counts[kind]))
                if kind == "function":
                    functions.append(encoded)
                elif kind == "memory":
                    memories.append(encoded)
            counts[kind] += 1
    globals_ = [b"\x7f\0\x41\0\x0b"] * sum(item.endswith(":global") and item.startswith("export") for item in items)
    bodies = [text(b"\0\0\x0b")] * len(functions)
    parts = [(1, types), (2, imports), (3, functions), (5, memories), (6, globals_), (7, exports), (10, bodies)]
    return b"\0asm\x01\0\0\0" + b"".join(
        section(code, unsigned(len(entries)) + b"".join(entries)) for code, entries in parts if entries)


def write_large_module(file, size, seed=0):
    """Writes a valid core module of about `size` bytes to a file: half of it code, half data."""
    source = random.Random(seed)
    words = [b"\x41" + signed(source.randrange(-(1 << 31), 1 << 31)) + b"\x1a" for _ in range(4096)]
    body_length = 2_000_000
    bodies = max(1, size // 2 // body_length)
    file.write(b"\0asm\x01\0\0\0" + section(1, b"\x01\x60\x00\x00")
               + section(3, unsigned(bodies) + b"\x00" * bodies))

    def code(number):
        instructions = b"".join(random.Random(seed + number).choices(words, k=body_length // 7))
        body = b"\x00" + instructions + b"\x0b"
        return unsigned(len(body)) + body

    # The section's length comes first, so the bodies are generated twice instead of kept.
    length = len(unsigned(bodies)) + sum(len(code(number)) for number in range(bodies))
    file.write(b"\x0a" + unsigned(length) + unsigned(bodies))
    for number in range(bodies):
        file.write(code(number))
    data = size // 2
    file.write(b"\x0b" + unsigned(len(unsigned(data)) + 2 + data) + b"\x01\x01" + unsigned(data))
    for start in range(0, data, 1_000_000):
        file.write(filler(min(1_000_000, data - start), seed + start))


def main(arguments):
    build = component if arguments[:1] == ["--component"] else module
    is_interface = arguments[:1] == ["--interface"]
    arguments = [argument for argument in arguments if not argument.startswith("--")]
    if not (1 <= len(arguments) <= 3 or is_interface and arguments):
        print(__doc__, file=sys.stderr)
        return 2
    data = interface(arguments[1:]) if is_interface else build(*(int(argument) for argument in arguments[1:]))
    if arguments[0] == "-":
        sys.stdout.buffer.write(data)
    else:
        with open(arguments[0], "wb") as file:
            file.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
