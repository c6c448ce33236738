"""Makes broken and partly broken WebAssembly modules and components from valid ones.

Every function takes a `random.Random` and depends on nothing else, so the same seed always gives the same bytes.
"""

CORE, COMPONENT = b"\0asm\x01\0\0\0", b"\0asm\x0d\0\x01\0"
CODE = 10

# Bytes with a special meaning: codes of types, opcodes, prefixes, small indices.
TELLING = bytes([
    0, 1, 2, 3, 4, 5, 0x0B, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x18, 0x19, 0x1F, 0x0C, 0x0D, 0x0E, 0x10, 0x11, 0x12, 0x13,
    0x14, 0x15, 0x1A, 0x1B, 0x1C, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x28, 0x36, 0x3F, 0x40, 0x41, 0x42, 0x43,
    0x4E, 0x4F, 0x50, 0x5E, 0x5F, 0x60, *range(0x62, 0x80), 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xFB, 0xFC, 0xFD,
    0xFE, 0x80, 0xFF])
NUMBERS = [0, 1, 2, 63, 64, 127, 128, 1000, 1001, 50000, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**63,
           2**64 - 1]


def unsigned(value, padding=0):
    """LEB128, `padding` bytes longer than necessary."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    for _ in range(padding):
        encoded[-1] |= 0x80
        encoded.append(0)
    return bytes(encoded)


def read_unsigned(data, position):
    """Reads a LEB128 number; returns it and its end. Raises IndexError if the bytes end first."""
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def sections(data):
    """The sections after the header as (code, contents); a truncated section ends the list."""
    found, position = [], 8
    try:
        while position < len(data):
            size, start = read_unsigned(data, position + 1)
            if start + size > len(data):
                break
            found.append((data[position], data[start:start + size]))
            position = start + size
    except IndexError:
        pass
    return found


def joined(header, parts):
    return header + b"".join(bytes([code]) + unsigned(len(contents)) + contents for code, contents in parts)


def bodies(contents):
    """The function bodies of a code section."""
    found = []
    try:
        count, position = read_unsigned(contents, 0)
        for _ in range(count):
            size, start = read_unsigned(contents, position)
            found.append(contents[start:start + size])
            position = start + size
    except IndexError:
        pass
    return found


def with_number(source, data):
    """Replaces a number: by one close to it, by a special one, or by a longer encoding."""
    start = source.randrange(len(data))
    try:
        value, end = read_unsigned(data, start)
    except IndexError:
        return data
    choice = source.randrange(4)
    if choice == 0:
        new = unsigned(max(0, value + source.choice((-2, -1, 1, 2))))
    elif choice == 1:
        new = unsigned(source.choice(NUMBERS))
    elif choice == 2:
        new = unsigned(value, source.randrange(1, 6))
    else:
        new = unsigned(value)[:-1] + bytes([unsigned(value)[-1] ^ 1 << source.randrange(7)])
    return data[:start] + new + data[end:]


def with_bytes(source, data, other):
    """Makes a few changes of single bytes and short runs; some bytes are from `other`."""
    data = bytearray(data)
    for _ in range(source.choice((1, 1, 1, 1, 2, 2, 3, 5))):
        place = source.randrange(len(data) + 1)
        kind = source.randrange(10)
        if not data or kind == 0:
            data.insert(place, source.choice(TELLING))
        elif kind == 1:
            data[source.randrange(len(data))] = source.choice(TELLING)
        elif kind == 2:
            data[source.randrange(len(data))] = source.randrange(256)
        elif kind == 3:
            index = source.randrange(len(data))
            data[index] = data[index] + source.choice((-1, 1)) & 0xFF
        elif kind == 4:
            data[source.randrange(len(data))] ^= 1 << source.randrange(8)
        elif kind == 5:
            start = source.randrange(len(data))
            del data[start:start + source.randrange(1, 6)]
        elif kind == 6:
            start = source.randrange(len(data))
            data[place:place] = data[start:start + source.randrange(1, 9)]
        elif kind == 7 and other:
            start = source.randrange(len(other))
            data[place:place] = other[start:start + source.randrange(1, 17)]
        else:
            data = bytearray(with_number(source, bytes(data)))
    return bytes(data)


def with_sections(source, data, other):
    """Drops, doubles, swaps or wraps sections in a component, or copies them from another module."""
    parts, others = list(sections(data)), sections(other)
    for _ in range(source.choice((1, 1, 2))):
        if not parts:
            break
        index, kind = source.randrange(len(parts)), source.randrange(6)
        if kind == 0:
            del parts[index]
        elif kind == 1:
            parts.insert(source.randrange(len(parts) + 1), parts[index])
        elif kind == 2:
            second = source.randrange(len(parts))
            parts[index], parts[second] = parts[second], parts[index]
        elif kind == 3 and others:
            parts.insert(source.randrange(len(parts) + 1), source.choice(others))
        elif kind == 4 and others:
            parts[index] = source.choice([part for part in others if part[0] == parts[index][0]] or [parts[index]])
        elif data[:8] == COMPONENT:
            parts = [(4, joined(COMPONENT, parts))] + parts[index:index + source.randrange(2)]
    return joined(data[:8], parts)


def inside(source, data, other):
    """Changes the inside of one section, and corrects its size; in the code section, the inside of one body."""
    parts = list(sections(data))
    if not parts:
        return with_bytes(source, data, other)
    codes = [index for index, part in enumerate(parts) if part[0] == CODE]
    is_core = data[:8] == CORE
    index = codes[0] if is_core and codes and source.random() < 0.5 else source.randrange(len(parts))
    code, contents = parts[index]
    functions = bodies(contents) if is_core and code == CODE else []
    if functions:
        lent = [body for part in sections(other) if part[0] == CODE for body in bodies(part[1])]
        changed = source.randrange(len(functions))
        functions[changed] = with_bytes(source, functions[changed], source.choice(lent or [b""]))
        contents = unsigned(len(functions)) + b"".join(unsigned(len(body)) + body for body in functions)
    else:
        contents = with_bytes(source, contents, b"")
    parts[index] = (code, contents)
    return joined(data[:8], parts)


def mutant(source, data, other):
    """A mutant of `data`, with parts of `other`."""
    choice = source.random()
    if choice < 0.12:
        return with_bytes(source, data, other)
    if choice < 0.22:
        return with_sections(source, data, other)
    if choice < 0.26:
        return data[:source.randrange(4, len(data) + 1)]
    changed = inside(source, data, other)
    return with_sections(source, changed, other) if choice > 0.96 else changed
