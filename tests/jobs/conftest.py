"""Jobs are tested with real work to do: cards to issue, to print, and to write about."""

from tests.redemption.conftest import book

__all__ = ["book"]
