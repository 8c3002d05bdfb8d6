"""What a form answers that was sent with nothing filled in: what is wrong is said first, and leads there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from lxml import html

from tests.access.stage import Finding

FIELDS = ".//main//form//*[self::input[not(@type='hidden')] or self::select or self::textarea]"


def wrong_with(page: str, prefix: str) -> Iterator[Finding]:
    """Everything that a page with errors owes its reader; `prefix` is how its title begins."""
    root = html.document_fromstring(page)
    title = " ".join((root.findtext(".//title") or "").split())
    if not title.startswith(prefix):
        yield "error-title", "title", f"“{title}” does not begin with “{prefix}”: give the page its form or has_errors"
    summaries = root.find_class("error-summary")
    if not summaries:
        yield "error-summary", "main", "nothing above says what is wrong; use forms.error_summary(form)"
        return
    summary = summaries[0]
    order = {node: place for place, node in enumerate(root.iter())}
    fields = [node for node in root.xpath(FIELDS) if "data-search" not in node.attrib]
    if fields and order[fields[0]] < order[summary] and fields[0].getparent() is not None:
        yield "error-summary-first", "main .error-summary", f"stands below the field “{fields[0].get('name')}”"
    if "data-focus" not in summary.attrib:
        yield "error-summary-focus", ".error-summary", "takes no focus: it has no data-focus"
    if not summary.findall(".//li"):
        yield "error-summary-words", ".error-summary", "is empty"
    ids = set(root.xpath("//@id"))
    for link in summary.findall(".//a"):
        leads_to = unquote((link.get("href") or "").removeprefix("#"))
        if leads_to not in ids:
            yield "error-summary-link", f".error-summary a[href='#{leads_to}']", "leads to what is not on the page"
    for node in root.xpath("//*[@aria-invalid='true' or @aria-describedby]"):
        described = (node.get("aria-describedby") or "").split()
        where = f"{node.tag}[name='{node.get('name') or node.get('id')}']"
        if missing := [each for each in described if each not in ids]:
            yield "aria-describedby", where, f"points to #{' #'.join(missing)}, which is not on the page"
        if node.get("aria-invalid") and not described:
            yield "aria-invalid", where, "is wrong and does not say why: point aria-describedby to its error"
