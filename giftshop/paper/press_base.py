"""What all pages of a run share, as a PDF: artwork in the colours asked for, fonts, marks, and what the file says."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime

import pikepdf
from pikepdf import Object

from giftshop.paper.card_art import RenderedArt
from giftshop.paper.card_design import CardArt, CardDesign
from giftshop.paper.embedding import embed
from giftshop.paper.exchange import calibrate, label_pdf_x
from giftshop.paper.fonts import FontFile
from giftshop.paper.marking import marks_form
from giftshop.paper.output import ColourSpace, Output
from giftshop.paper.separation import separated
from giftshop.paper.sheets import Sheet


class PressBase:
    """Draws up the base of a print file: `/A0` and `/A1` are the artwork of each side, `/M` the cut marks of a sheet.

    `glyphs` are the characters used of each font; `names` is what each font goes by on a page.
    """

    def __init__(
        self,
        design: CardDesign,
        art: CardArt,
        rendered: RenderedArt,
        *,
        sheet: Sheet,
        output: Output,
        glyphs: Mapping[FontFile, Mapping[int, str]],
    ) -> None:
        self._sides, self._title = design.sides, f"{art.firm}: {art.greeting}"
        self._rendered, self._sheet, self._output, self._glyphs = rendered, sheet, output, glyphs
        self.names = {font: b"F%d" % number for number, font in enumerate(glyphs)}

    def page_facts(self) -> bytes:
        """Return what every page dictionary says besides its content."""
        is_inks = self._output.colour is ColourSpace.CMYK
        return self._sheet.boxes() + (b"/Group<</S/Transparency/CS/DeviceCMYK>>" if is_inks else b"")

    def pdf(self, *, label: str, at: datetime) -> bytes:
        """Return a PDF of one empty page, whose resources are those of every page.

        Raises:
            ColourNotSeparable: the artwork has colours that cannot be turned into inks.

        """
        with pikepdf.open(io.BytesIO(self._rendered.pdf)) as artwork, pikepdf.new() as pdf:
            forms = self._coloured(pdf, [_form(pdf, artwork.pages[side]) for side in range(self._sides)])
            drawn = {f"/A{side}": form for side, form in enumerate(forms)}
            if self._sheet.marks:
                drawn["/M"] = marks_form(pdf, self._sheet)
            fonts = {"/" + self.names[font].decode(): embed(pdf, font, used) for font, used in self._glyphs.items()}
            resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(drawn), Font=pikepdf.Dictionary(fonts))
            pdf.add_blank_page()
            pdf.pages[0].Resources = pdf.make_indirect(resources)
            self._say(pdf, label, at)
            base = io.BytesIO()
            pdf.save(base, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
        return base.getvalue()

    def _coloured(self, pdf: pikepdf.Pdf, forms: list[Object]) -> list[Object]:
        if self._output.colour is ColourSpace.CMYK:
            return [separated(pdf, form) for form in forms]
        if self._output.is_pdf_x:
            calibrate(pdf, forms)
        return forms

    def _say(self, pdf: pikepdf.Pdf, label: str, at: datetime) -> None:
        if self._output.is_pdf_x:
            artwork = hashlib.sha256(self._rendered.pdf).hexdigest()
            label_pdf_x(pdf, title=self._title, identity=f"{artwork} {label} {at.isoformat()}", at=at)
        else:
            with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
                metadata["dc:title"] = self._title


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> Object:
    """Copy a page of artwork into `pdf`, to be drawn on every card."""
    form = pdf.copy_foreign(page.as_form_xobject())
    # It would else be clipped at the cut, and the bleed lost.
    form.BBox = pikepdf.Array([round(float(edge), 3) for edge in page.mediabox])
    return form
