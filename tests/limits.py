"""Let somebody else's file do its worst in a process of its own, with a limit on its memory and time.

The limits are those of safety.md: 5 seconds and 256 MB beyond what the program takes anyway.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SECONDS = 5
MEGABYTES = 256

CHILD = """
import importlib, json, pathlib, resource, sys, time
from giftshop.kernel.errors import Refused
module, _, name = sys.argv[1].partition(":")
judge = getattr(importlib.import_module(module), name)
verdicts = {}
taken = int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = taken + int(sys.argv[2]) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for path in map(pathlib.Path, sys.argv[3:]):
    raw, began = path.read_bytes(), time.process_time()
    try:
        judge(raw)
    except Refused as refusal:
        verdict = type(refusal).__name__
    except BaseException as crash:
        verdict = f"crash: {type(crash).__name__}: {crash}"[:200]
    else:
        verdict = "taken"
    verdicts[path.name] = [verdict, time.process_time() - began]
    print(json.dumps(verdicts), flush=True)
"""


def verdicts(judge: str, files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Give each file to `judge` ("module:function") within the limits.

    Returns by file the name of the refusal, "taken", "too slow", or how it crashed.
    """
    paths = []
    for name, raw in files.items():
        path = folder / name
        path.write_bytes(raw)
        paths.append(str(path))
    command = [sys.executable, "-c", CHILD, judge, str(MEGABYTES), *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    told = json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else {}
    killed = f"killed: {done.stderr[-200:]}"
    return {name: _told(*told.get(name, (killed, 0.0))) for name in files}


def _told(verdict: str, seconds: float) -> str:
    return "too slow" if seconds > SECONDS else verdict
