"""The safety figures: about a tenth of each in `make test`, the whole in `make torture`.

@pytest.mark.torture
def test_one_code_is_redeemed_once(database: Database) -> None:
    for _ in range(figure(200)): ...
"""

import os


def figure(full: int) -> int:
    """How often to do it: `full` times under torture, about a tenth of that, and once at least, otherwise."""
    return full if os.environ.get("TORTURE") else max(1, full // 10)
