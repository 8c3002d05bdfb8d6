"""`python -m benchmarks` runs all of them, `python -m benchmarks redeem issue` some."""

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
    """Run those named, or all."""
    unknown = sorted(set(names) - set(known()))
    if unknown:
        sys.exit(f"No benchmark {', '.join(unknown)}; there are: {', '.join(known())}")
    for name in names or known():
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main(sys.argv[1:])
