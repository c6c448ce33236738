"""Finds the built program for scripts in Python."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / (".build/shared" if os.environ.get("WASMSTORE_SHARED_LIBRARIES") == "1" else ".build")


def built_program():
    """The path of the program, which is built first if a source has changed."""
    if subprocess.run([str(ROOT / "scripts/build")], stdin=subprocess.DEVNULL).returncode:
        sys.exit(1)
    return str(FOLDER / "wasmstore")
