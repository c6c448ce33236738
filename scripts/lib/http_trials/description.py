"""Tests the OpenAPI document with schemathesis, which makes thousands of requests from it and searches for a response
that the document does not describe."""

import json
import os
import re
import subprocess
from pathlib import Path

from .serving import Fault, Skipped, expect
from wasm_modules import module

# Checks that are omitted.
EXCLUDED = {
    "positive_data_acceptance": "what a request names need not be there, and only a validator knows what a module is",
}


class Description:
    def __init__(self, setting):
        self.setting = setting

    @property
    def trials(self):
        return [self.the_document, self.an_open_server, self.a_server_with_keys]

    def the_document(self):
        with self.setting.server() as server:
            document = json.loads(server.ask("GET", "openapi.json").text)
            expect("version", document["openapi"], "3.1.0")
            expect("server", document["servers"], [{"url": "/api/v1"}])

    def an_open_server(self):
        with self.setting.server() as server:
            self.run(server)

    def a_server_with_keys(self):
        self.setting.require_option("--auth")
        with self.setting.server("--auth", "secret:*") as server:
            self.run(server, "--header", "Wasmstore-Auth: secret", Wasmstore_Auth="secret")

    def run(self, server, *options, **fields):
        python = self.setting.tools / "bin/python"
        if subprocess.run([python, "-c", "import schemathesis"], capture_output=True).returncode:
            raise Skipped("schemathesis is not installed; scripts/test does it")
        for path, seed in (("a.wasm", 1), ("dir/b.wasm", 2), ("a.wasm", 3)):
            server.expect(200, None, "POST", f"module/{path}", module(500, seed), **fields)
        for target in ("branch/dev", "branch/other", "tag/v1"):
            server.expect(200, "", "POST", target, **fields)
        folder = Path(__file__).parent
        said = subprocess.run(
            [python, "-c", "import schemathesis.cli as cli; cli.schemathesis()", "run",
             f"http://127.0.0.1:{server.port}/api/v1/openapi.json", "--url", f"http://127.0.0.1:{server.port}/api/v1",
             "--no-color", "--continue-on-failure", "--seed", str(self.setting.seed), "--exclude-checks", ",".join(EXCLUDED),
             "--max-examples", "4" if self.setting.is_quick else "100", *options],
            capture_output=True, text=True, cwd=self.setting.folder, timeout=1_800,
            env=os.environ | {"SCHEMATHESIS_HOOKS": "schema_hooks", "PYTHONPATH": str(folder),
                              "SCHEMA_SEED": str(self.setting.seed)})
        if said.returncode:
            failures = re.search(r"=+ (FAILURES|ERRORS) =+\n(.*)", said.stdout, re.S)
            raise Fault((failures[2] if failures else said.stdout + said.stderr)[:6_000])
        found = re.search(r"(\d+) generated", said.stdout)
        print(f"    {found[1] if found else 'no'} requests")
        if server.said:
            raise Fault(f"the server printed {''.join(server.said)[:2_000]}")
