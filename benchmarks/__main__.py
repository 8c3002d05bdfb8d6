"""`python -m benchmarks` runs all, `… redeem issue` some, `… grow=1000000` one with another figure than its own."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import benchmarks


def known() -> list[str]:
    """The benchmarks there are, by name."""
    modules = pkgutil.iter_modules(benchmarks.__path__)
    return sorted(module.name for module in modules if not module.name.startswith("_"))


def main(names: list[str]) -> None:
    """Run those named, or all; what follows a "=" is told to the benchmark."""
    wanted = [name.partition("=")[::2] for name in names or known()]
    unknown = sorted({name for name, _told in wanted} - set(known()))
    if unknown:
        sys.exit(f"No benchmark {', '.join(unknown)}; there are: {', '.join(known())}")
    for name, told in wanted:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").run(*filter(None, [told]))


if __name__ == "__main__":
    main(sys.argv[1:])
