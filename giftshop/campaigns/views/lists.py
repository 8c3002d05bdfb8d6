"""Nominating by a file: upload it, look at what was read of it, declare it true and take it."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import Response, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import tabular
from giftshop.campaigns import nominating, queries, uploading
from giftshop.campaigns.errors import OverTheYear
from giftshop.campaigns.forms import AcceptListForm, ListForm
from giftshop.campaigns.lists import COLUMNS, Context, ReadNominations, read_nominations
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.nominating import Nomination, read_row
from giftshop.campaigns.rules import Influence
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import nominators, own, own_firm, page, supplier, terms, today
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError, Refused
from giftshop.kernel.market import Counterparty
from giftshop.kernel.money import Money
from giftshop.tabular import ColumnsForm, FileNotThere, Flaw, KeptFile, Upload
from giftshop.web import actor, allow, current_shop, reader, say, transact
from giftshop.web.forms import typed

SHOWN_PEOPLE = 20
SHOWN_FLAWS = 100


@bp.route("/campaigns/<int:campaign_id>/list", methods=["GET", "POST"])
@allow(nominators)
def list_(campaign_id: int) -> ResponseReturnValue:
    """A list: upload it, look at what was read."""
    campaign = own(campaign_id)
    form = ListForm()
    if form.validate_on_submit():
        try:
            _take(campaign, form)
            return redirect(url_for("campaigns.list_", campaign_id=campaign_id))
        except DomainError as refusal:
            refusal.field = "file"
            form.refuse(refusal)
    return _page(campaign, form, AcceptListForm())


@bp.post("/campaigns/<int:campaign_id>/list/columns")
@allow(nominators)
def list_columns(campaign_id: int) -> ResponseReturnValue:
    """Say by hand which column of the uploaded file is what; it is read anew."""
    campaign = own(campaign_id)
    g.shown_at = url_for("campaigns.list_", campaign_id=campaign_id)
    here = redirect(g.shown_at)
    file = uploading.file_of(reader(), campaign_id, actor())
    if file is None:
        flash(say(FileNotThere()), "error")
        return here
    mapping = tabular.columns_form(file, COLUMNS, is_sent=True)
    if mapping.validate():
        layout = mapping.layout()
        try:
            read = _read(campaign, tabular.read_sheet(file.raw), layout, file.said)
            facts: dict[str, Any] = {"seen": file, "today": today(), "by": actor(), "at": clock.now()}
            transact(uploading.lay_out, campaign_id, own_firm(), layout, _sound(read), **facts)
            _tell_known(read)
            return here
        except DomainError as refusal:
            mapping.refuse(refusal)
    return _page(campaign, ListForm(formdata=None), AcceptListForm(formdata=None), mapping)


def _take(campaign: Campaign, form: ListForm) -> None:
    """Keep an uploaded file with what was read of it. Raises what is wrong with the file as a whole."""
    sent = form.file.data
    raw = sent.read()
    sheet = tabular.read_sheet(raw)
    said = {"counterparty": form.counterparty.data, "influence": form.influence.data, "reason": typed(form.reason)}
    layout = tabular.layout_for(reader(), uploading.headings_of(own_firm()), sheet, COLUMNS)
    is_clear = tabular.is_clear(sheet.lead, layout, COLUMNS)
    read = _read(campaign, sheet, layout, said) if is_clear else None
    upload = Upload(sent.filename or "", raw, sheet, layout, said)
    facts: dict[str, Any] = {"today": today(), "by": actor(), "at": clock.now()}
    transact(uploading.take_file, campaign.id, own_firm(), upload, _sound(read), **facts)
    _tell_known(read)


def _read(campaign: Campaign, sheet: tabular.Sheet, layout: tabular.Layout, said: Mapping[str, str]) -> ReadNominations:
    return read_nominations(tabular.table_of(sheet, layout), _context(campaign, said))


def _sound(read: ReadNominations | None) -> Sequence[Nomination] | None:
    return None if read is None or read.flaws else read.nominations


def _tell_known(read: ReadNominations | None) -> None:
    if read and read.known and not read.flaws:
        flash(_known_words(read.known), "info")


def _read_again(campaign: Campaign, file: KeptFile) -> ReadNominations | None:
    """Return what the kept file says, faults and all; nothing of a file that a person has yet to explain."""
    try:
        return _read(campaign, tabular.read_sheet(file.raw), file.laid_out, file.said)
    except DomainError:
        return None


@bp.post("/campaigns/<int:campaign_id>/list/accept")
@allow(nominators)
def accept_list(campaign_id: int) -> ResponseReturnValue:
    """Declare the list true, and nominate everybody on it."""
    campaign = own(campaign_id)
    form = AcceptListForm()
    try:
        added = transact(
            nominating.accept_list,
            campaign_id,
            own_firm(),
            is_declared=form.validate() and bool(form.declared.data),
            terms=terms(),
            by=actor(),
            at=clock.now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return _page(campaign, ListForm(formdata=None), form)
    flash(ngettext("%(num)s person was nominated.", "%(num)s people were nominated.", added), "success")
    return redirect(url_for("campaigns.people", campaign_id=campaign_id))


@bp.post("/campaigns/<int:campaign_id>/list/drop")
@allow(nominators)
def drop_list(campaign_id: int) -> ResponseReturnValue:
    """Forget the uploaded list."""
    own(campaign_id)
    transact(nominating.drop_list, campaign_id, own_firm(), by=actor(), at=clock.now())
    return redirect(url_for("campaigns.list_", campaign_id=campaign_id))


@bp.get("/campaigns/<int:campaign_id>/list-template.csv")
@allow(nominators)
def list_template(campaign_id: int) -> ResponseReturnValue:
    """The campaign's form as a file, empty but for one example."""
    campaign = own(campaign_id)
    group = next(iter(queries.groups_of(reader(), campaign.id)), None)
    example = {
        "kind": group.name if group else "老客户",
        "name": "王小明",
        "address": "广东省广州市天河区体育西路123号",
        "phone": "13800138000",
        "group": group.name if group else "",
        "organisation": "示例科技有限公司",
        "counterparty": "企业",
        "influence": "决策人",
        "reason": "多年合作",
    }
    columns = [column for column in COLUMNS if column.key != "grade"]
    return Response(
        tabular.write_csv([column.names[0] for column in columns], [[example.get(each.key, "") for each in columns]]),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=nominations.csv"},
    )


def _page(
    campaign: Campaign, form: ListForm, accepting: AcceptListForm, refused: ColumnsForm | None = None
) -> ResponseReturnValue:
    """Return the page; `refused` is what was said of the columns, and could not be taken."""
    kept = queries.list_of(reader(), campaign.id, actor().id or 0) if refused is None else None
    file = uploading.file_of(reader(), campaign.id, actor())
    mapping = refused or (tabular.columns_form(file, COLUMNS, is_sent=False) if file else None)
    is_open = refused is not None or (mapping is not None and mapping.refuse_doubts())
    read = None if kept or is_open or file is None else _read_again(campaign, file)
    return page(
        campaign,
        "list.html",
        form=refused or (accepting if accepting.has_errors else form),
        mapping=mapping,
        list_form=form,
        accepting=accepting,
        read=read,
        flaws=_shown(read.flaws[:SHOWN_FLAWS]) if read else [],
        flaw_file=_flaw_file(read.flaws) if read and read.flaws else None,
        kept=kept,
        kept_people=[read_row(row) for row in kept.rows[:SHOWN_PEOPLE]] if kept else [],
        groups={group.id: group for group in queries.groups_of(reader(), campaign.id)},
    )


def _context(campaign: Campaign, said: Mapping[str, str]) -> Context:
    return Context(
        groups=queries.groups_of(reader(), campaign.id),
        there=queries.people_nominated(reader(), campaign.id),
        rules=current_shop().settings.market.gifts,
        nature=supplier().nature,
        counterparty=Counterparty(said["counterparty"]),
        influence=Influence(said["influence"]),
        reason=said["reason"].strip(),
        over_the_year=lambda nominations: _over_the_year(campaign, nominations),
    )


def _over_the_year(campaign: Campaign, nominations: Collection[Nomination]) -> Mapping[str, DomainError]:
    cap, year = current_shop().settings.market.gifts.yearly_cap_minor, campaign.window.last_day.year
    given = queries.given_in_year(reader(), campaign.firm_id, [each.phone for each in nominations], year)
    prices = {grade.id: grade.price_minor or 0 for grade in queries.grades_of(reader(), campaign.id)}
    meant = {group.id: prices.get(group.grade_id or 0, 0) for group in queries.groups_of(reader(), campaign.id)}
    found: dict[str, DomainError] = {}
    for each in nominations:
        before, price = given.get(each.phone, 0), meant[each.group_id]
        if before + price > cap:
            found[each.phone] = OverTheYear(
                total=Money(before + price, campaign.currency),
                cap=Money(cap, campaign.currency),
                before=Money(before, campaign.currency),
                year=str(year),
            )
    return found


def _known_words(count: int) -> str:
    return str(
        ngettext(
            "%(num)s person of this file is on the list already and was left out.",
            "%(num)s people of this file are on the list already and were left out.",
            count,
        )
    )


def _shown(flaws: Sequence[tuple[Flaw, str]]) -> list[dict[str, object]]:
    return [{"row": flaw.row, "column": flaw.column, "text": text, "why": say(flaw.reason)} for flaw, text in flaws]


def _flaw_file(flaws: Sequence[tuple[Flaw, str]]) -> str:
    """Return the flaws as a CSV in a data: address, so that nothing of a refused list has to be kept."""
    headings = [_("Row"), _("Column"), _("In the file"), _("What is wrong")]
    rows = [[flaw.row, flaw.column, text, say(flaw.reason)] for flaw, text in flaws]
    return "data:text/csv;base64," + base64.b64encode(tabular.write_csv(headings, rows)).decode()
