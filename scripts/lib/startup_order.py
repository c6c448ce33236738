#!/usr/bin/env python3
"""Prints the names of the functions that short commands enter, in the order of their first entry.

startup_order.py PROGRAM: the linker lays the functions out in this order (decisions/0013). A copy of PROGRAM stops at
the first instruction of each of its functions; each stop notes the name and puts the instruction back. For x86-64
and for programs that still have their symbols; ends with 1 where the system forbids tracing.
"""

import ctypes
import os
import platform
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

MODULE = bytes.fromhex("0061736d01000000")
COMMANDS = [
    ["contains", "a.wasm"], ["hash", "a.wasm"], ["list"], ["inspect", "a.wasm"], ["versions", "a.wasm"],
    ["find", "a.wasm"], ["log"], ["add", "module.wasm", "folder/b.wasm"]]

# <sys/ptrace.h>, <bits/waitflags.h>; the program counter's place in `struct user_regs_struct`.
TRACE_ME, GO_ON, GET_REGISTERS, SET_REGISTERS, SET_OPTIONS = 0, 7, 12, 13, 0x4200
FOLLOW_THREADS, END_WITH_TRACER = 1 << 3, 1 << 20
WAIT_FOR_THREADS = 0x40000000
REGISTERS, PROGRAM_COUNTER = 27 * 8, 16 * 8
STOP_INSTRUCTION = b"\xcc"

FUNCTION, INDIRECT_FUNCTION = 2, 10

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


def ptrace(request, process, data=None):
    if libc.ptrace(request, process, None, data) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def functions(image):
    """The names of the functions in `.text` by address, and what to take off an address for its place in the file."""
    table, = struct.unpack_from("<Q", image, 0x28)
    size, count, names = struct.unpack_from("<HHH", image, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", image, table + number * size) for number in range(count)]

    def text(section, offset):
        start = sections[section][4] + offset
        return image[start:image.index(b"\0", start)].decode()

    by_name = {text(names, section[0]): number for number, section in enumerate(sections)}
    code, symbols = by_name[".text"], sections[by_name[".symtab"]]
    found = {}
    for offset in range(symbols[4], symbols[4] + symbols[5], 24):
        name, kind, _, section, address, _ = struct.unpack_from("<IBBHQQ", image, offset)
        if section == code and kind & 15 in (FUNCTION, INDIRECT_FUNCTION):
            found.setdefault(address, text(symbols[6], name))
    return found, sections[code][3] - sections[code][4]


class Trace:
    """Runs of a program that stops at the start of each function."""

    def __init__(self, program, folder):
        self.image = Path(program).read_bytes()
        self.functions, self.shift = functions(self.image)
        self.copy = f"{folder}/traced"
        self.entered = {}
        stopping = bytearray(self.image)
        for address in self.functions:
            stopping[address - self.shift:address - self.shift + 1] = STOP_INSTRUCTION
        Path(self.copy).write_bytes(stopping)
        os.chmod(self.copy, 0o700)

    def run(self, words, folder):
        """Runs one command and notes the functions that no command entered before."""
        child = os.fork()
        if child == 0:
            try:
                ptrace(TRACE_ME, 0)
                os.chdir(folder)
                null = os.open(os.devnull, os.O_RDWR)
                for descriptor in (0, 1, 2):
                    os.dup2(null, descriptor)
                os.execve(self.copy, [self.copy, *words], {"HOME": folder})
            finally:
                os._exit(127)
        if not os.WIFSTOPPED(os.waitpid(child, 0)[1]):
            raise OSError("this system does not let a program be traced")
        ptrace(SET_OPTIONS, child, FOLLOW_THREADS | END_WITH_TRACER)
        with open(f"/proc/{child}/maps") as maps:
            base = min(int(line.split("-")[0], 16) for line in maps if self.copy in line)
        with open(f"/proc/{child}/mem", "r+b", buffering=0) as memory:
            ptrace(GO_ON, child)
            while True:
                thread, status = os.waitpid(-1, WAIT_FOR_THREADS)
                if os.WIFSTOPPED(status):
                    self.note(thread, status, base, memory)
                elif thread == child:
                    return os.waitstatus_to_exitcode(status)

    def note(self, thread, status, base, memory):
        """Lets a thread go on that has stopped, at the start of a function or for another reason."""
        reason = os.WSTOPSIG(status)
        # A new thread begins with this signal; an event of the trace has a number above it.
        passed_on = 0 if reason in (signal.SIGTRAP, signal.SIGSTOP) else reason
        if status >> 8 == signal.SIGTRAP:
            registers = ctypes.create_string_buffer(REGISTERS)
            ptrace(GET_REGISTERS, thread, ctypes.addressof(registers))
            counter = struct.unpack_from("<Q", registers, PROGRAM_COUNTER)[0] - 1
            name = self.functions.get(counter - base)
            if name is not None:
                place = counter - base - self.shift
                memory.seek(counter)
                memory.write(self.image[place:place + 1])
                struct.pack_into("<Q", registers, PROGRAM_COUNTER, counter)
                ptrace(SET_REGISTERS, thread, ctypes.addressof(registers))
                self.entered.setdefault(name)
        ptrace(GO_ON, thread, passed_on)


def main():
    if platform.machine() != "x86_64":
        raise SystemExit("startup_order.py: only x86-64 is known here")
    signal.alarm(60)
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="startup-") as folder:
        Path(folder, "module.wasm").write_bytes(MODULE)
        first = ["--root", "store", "add", "module.wasm", "a.wasm"]
        subprocess.run([program, *first], cwd=folder, env={"HOME": folder}, check=True, stdout=subprocess.DEVNULL)
        trace = Trace(program, folder)
        for words in COMMANDS:
            if code := trace.run(["--root", "store", *words], folder):
                raise SystemExit(f"startup_order.py: {words[0]} ended with {code}")
    print("\n".join(trace.entered))


if __name__ == "__main__":
    main()
