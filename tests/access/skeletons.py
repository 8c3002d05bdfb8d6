"""The bones of a page: what is left of it without its words, so that what is built alike is looked at once."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

KEPT = ("class", "role", "type", "disabled", "hidden", "open", "tabindex")
"""Attributes that change how an element looks or is read, with their values."""
SAID = ("alt", "aria-label", "aria-labelledby", "aria-describedby", "aria-invalid", "href", "for", "title")
"""Attributes of which it is enough to know that they are there, and whether they say anything."""
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

Bone = tuple[str, ...]
"""An element, the one around it, and the one around that."""


def bones(page: str) -> frozenset[Bone]:
    """Return the bones of a page, and as one more the order of its headings; nothing for a piece of a page."""
    root = html.document_fromstring(page)
    if root.find(".//h1") is None and root.find(".//main") is None:
        return frozenset()
    levels = tuple(dict.fromkeys(str(node.tag) for node in root.iter(*HEADINGS)))
    return frozenset({*_bones(root.find("body"), ("", "")), levels})


def _bones(node: html.HtmlElement, around: Bone) -> Iterator[Bone]:
    facts = [str(node.tag), *(f"{name}={node.get(name)}" for name in KEPT if name in node.attrib)]
    facts += [f"{name}:{bool(node.get(name))}" for name in SAID if name in node.attrib]
    if (node.text or "").strip():
        facts.append("words")
    own = " ".join(facts)
    yield (*around, own)
    if node.tag not in {"svg", "script", "style"}:
        for child in node:
            if isinstance(child.tag, str):
                yield from _bones(child, (around[-1], own))
