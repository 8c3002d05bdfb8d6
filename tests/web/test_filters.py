"""How words look in a template."""

from __future__ import annotations

from markupsafe import Markup

from giftshop.web.filters import phrases


def test_a_heading_breaks_after_each_full_width_pause_and_stays_text() -> None:
    assert phrases("莫娴，这份礼物送给您") == Markup(
        '<span class="phrase">莫娴，</span><span class="phrase">这份礼物送给您</span>'
    )
    assert "<b>" not in phrases("<b>莫娴</b>，这份礼物送给您")


def test_a_sentence_without_such_a_pause_comes_back_as_it_is() -> None:
    assert phrases("Give a choice, and be remembered for it") == "Give a choice, and be remembered for it"
    assert phrases("选好了！") == "选好了！"
    assert not isinstance(phrases("<b>"), Markup)
