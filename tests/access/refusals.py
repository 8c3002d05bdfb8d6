"""What a form answers that was sent with nothing filled in: what is wrong is said first, and leads there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from lxml import html

from tests.access.stage import Finding

KINDS = {"input", "select", "textarea"}


def _fields(root: html.HtmlElement) -> list[html.HtmlElement]:
    """What is filled in on a page; searches, and the scan box of the bench, are left out."""
    found = [node for form in root.iterfind(".//main//form") for node in form.iter(*KINDS)]
    return [
        node for node in found if node.get("type") != "hidden" and not {"data-search", "data-scan"} & {*node.attrib}
    ]


def wrong_with(page: str, prefix: str) -> Iterator[Finding]:
    """Everything that a page with errors owes its reader; `prefix` is how its title begins."""
    root = html.document_fromstring(page)
    title = " ".join((root.findtext(".//title") or "").split())
    if not title.startswith(prefix):
        yield "error-title", "title", f"“{title}” does not begin with “{prefix}”: give the page its form or has_errors"
    summaries = [node for node in root.iter("div", "section") if "error-summary" in (node.get("class") or "").split()]
    if not summaries:
        yield "error-summary", "main", "nothing above says what is wrong; use forms.error_summary(form)"
        return
    summary = summaries[0]
    order = {node: place for place, node in enumerate(root.iter())}
    fields = _fields(root)
    if fields and order[fields[0]] < order[summary]:
        yield "error-summary-first", "main .error-summary", f"stands below the field “{fields[0].get('name')}”"
    if "data-focus" not in summary.attrib:
        yield "error-summary-focus", ".error-summary", "takes no focus: it has no data-focus"
    if not summary.findall(".//li"):
        yield "error-summary-words", ".error-summary", "is empty"
    ids = {node.get("id") for node in root.iter() if isinstance(node.tag, str)}
    for link in summary.findall(".//a"):
        leads_to = unquote((link.get("href") or "").removeprefix("#"))
        if leads_to not in ids:
            yield "error-summary-link", f".error-summary a[href='#{leads_to}']", "leads to what is not on the page"
    for node in root.iter():
        if not isinstance(node.tag, str) or (node.get("aria-describedby") is None and node.get("aria-invalid") is None):
            continue
        described = (node.get("aria-describedby") or "").split()
        where = f"{node.tag}[name='{node.get('name') or node.get('id')}']"
        if missing := [each for each in described if each not in ids]:
            yield "aria-describedby", where, f"points to #{' #'.join(missing)}, which is not on the page"
        if node.get("aria-invalid") and not described:
            yield "aria-invalid", where, "is wrong and does not say why: point aria-describedby to its error"
