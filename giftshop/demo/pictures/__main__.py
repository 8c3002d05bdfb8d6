"""Write every picture into a folder: `python -m giftshop.demo.pictures [static/goods]`."""

from __future__ import annotations

import sys
from pathlib import Path

from giftshop.demo.pictures import STILLS, picture


def main(folder: Path) -> None:
    """Write <kind>.svg of every kind into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in STILLS:
        (folder / f"{kind}.svg").write_text(picture(kind), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "static/goods"))
