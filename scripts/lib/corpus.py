"""The corpus of real modules: a list next to the project, with its own script to fetch the modules."""

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIST = Path(os.environ.get("WASM_CORPUS", ROOT.parent / "shared/wasm-corpus"))


def corpus(folder):
    """Returns the paths of the modules by name, after fetching missing ones into a folder; ends the run if that
    fails."""
    folder = Path(folder)
    if not (LIST / "corpus.tsv").exists():
        sys.exit(f"{LIST}/corpus.tsv does not exist; set WASM_CORPUS to the folder of the list")
    with open(LIST / "corpus.tsv", newline="") as file:
        digests = {row["name"]: row["sha256"] for row in csv.DictReader(file, delimiter="\t")}
    if not all((folder / name).exists() for name in digests):
        print(f"downloading {len(digests)} modules, 620 MB, to {folder}", file=sys.stderr, flush=True)
        subprocess.run(["sh", LIST / "fetch.sh", folder], check=True, stdout=subprocess.DEVNULL)
    for name, digest in digests.items():
        with open(folder / name, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                sys.exit(f"{folder / name} does not match the list; remove it, and it is downloaded again")
    return {name: folder / name for name in digests}
