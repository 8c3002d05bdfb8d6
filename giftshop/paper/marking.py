"""Cut marks as PDF: on every plate there is, whatever the inks, so that they also show whether the plates lie true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pikepdf
from pikepdf import Name, Object

from giftshop.paper.sheets import Mark, Sheet

LINE: Final = 0.25
"""Points: a hairline that any press holds."""
HALO: Final = 1.2
"""Points of white beneath a mark that lies on artwork."""


def marks_form(pdf: pikepdf.Pdf, sheet: Sheet) -> Object:
    """Return the cut marks of a sheet as a Form XObject as large as it."""
    on_art = [mark for mark in sheet.marks if mark.is_on_art]
    halo = b"%.2f w 0 0 0 0 K\n%b" % (HALO, _lines(on_art)) if on_art else b""
    form = pdf.make_stream(halo + b"%.2f w /All CS 1 SCN\n%b" % (LINE, _lines(sheet.marks)))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = [0, 0, round(sheet.width, 3), round(sheet.height, 3)]
    form.Resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(All=_all_plates()))
    return pdf.make_indirect(form)


def _lines(marks: Sequence[Mark]) -> bytes:
    return b"".join(b"%.3f %.3f m %.3f %.3f l\n" % mark[:4] for mark in marks) + b"S\n"


def _all_plates() -> pikepdf.Array:
    full = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pikepdf.Array([Name.Separation, Name.All, Name.DeviceCMYK, full])
