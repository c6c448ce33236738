"""The section of scripts/torture about three servers of NATS: the long form of a suite."""

import os
import re
import subprocess
from pathlib import Path

from program import FOLDER
from stores import Broken

ROOT = Path(__file__).resolve().parent.parent.parent
# As scripts/test builds the suites, so that they need not be built again.
SUITES = ["-c", "release", "-Xswiftc", "-enable-testing", "--scratch-path", str(FOLDER / "tests")]
PATIENCE = 3_600  # seconds, a first build included


def cluster(store, most, source):
    """Runs the suite in its long form; answers its figures."""
    subprocess.run([ROOT / "scripts/nats-server", "--install"], check=True)
    done = subprocess.run(
        ["swift", "test", "--package-path", ROOT, *SUITES, "--filter", "KeyValueClusterTests"],
        env=os.environ | {"WASMSTORE_TEST_LONG": "1"}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=PATIENCE)
    figures = re.findall(r"^figure: (.*)", done.stdout, re.MULTILINE)
    if done.returncode or len(figures) < most:
        raise Broken("\n  ".join([*re.findall(r"^(?:✘|error:|↳).*", done.stdout + done.stderr, re.MULTILINE), *figures])
                     or done.stderr[-500:])
    return "; ".join(figures)


# The short form is among the suites, which scripts/test runs anyway: there is no quick one.
FIGURES = 5
LONG_SECTIONS = {"nats-cluster": (cluster, FIGURES, FIGURES)}
