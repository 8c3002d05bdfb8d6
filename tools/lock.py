"""`make lock`: write the locks anew from the .in files, for every platform and Python from 3.11, with hashes."""

from __future__ import annotations

import subprocess
import sys

OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "make lock"]


def main(arguments: list[str]) -> None:
    """Lock both files; arguments such as `--upgrade` or `--upgrade-package flask` go on to uv."""
    for name in ["requirements", "requirements-dev"]:
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *OPTIONS, *arguments, *files], check=True
        )


if __name__ == "__main__":
    main(sys.argv[1:])
