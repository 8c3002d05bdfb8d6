"""A list is handed in as a spreadsheet writes it: read whole or not at all, and twice adds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from giftshop import campaigns, tabular
from giftshop.campaigns import Influence, errors, queries
from giftshop.campaigns.lists import Context, ReadNominations, read_nominations
from giftshop.campaigns.nominating import drop_list
from giftshop.db import Database
from giftshop.demo.nominations import nominations_file
from giftshop.kernel.errors import DomainError
from giftshop.kernel.market import Counterparty
from tests.campaigns.conftest import NOON, TERMS, TODAY, Plan, nominate
from tests.people import People

HEAD = "客户类型,客户姓名,地址,联系电话,单位,单位性质,影响力\n"
WANG = "老客户,王小明,广东省广州市天河区体育西路123号,13800138000,示例厂,企业,决策人\n"


def context(database: Database, plan: Plan, **changed: Any) -> Context:
    with database.reading() as reader:
        told = Context(
            groups=queries.groups_of(reader, plan.id),
            there=queries.people_nominated(reader, plan.id),
            rules=TERMS.rules,
            nature=TERMS.nature,
            counterparty=Counterparty.BUSINESS,
            influence=Influence.STRONG,
            reason="中秋答谢",
            over_the_year=lambda _nominations: {},
        )
    return replace(told, **changed)


def read(database: Database, plan: Plan, text: str, **changed: Any) -> ReadNominations:
    table = tabular.read_table(text.encode("gb18030"), campaigns.COLUMNS)
    return read_nominations(table, context(database, plan, **changed))


def hand_in(
    database: Database, plan: Plan, people: People, listed: ReadNominations, *, is_declared: bool = True
) -> int:
    who: dict[str, Any] = {"by": people.lantern.nominator.actor, "at": NOON}
    place = (plan.id, plan.firm_id)
    database.transact(campaigns.keep_list, *place, "list.csv", listed.nominations, today=TODAY, **who)
    return database.transact(campaigns.accept_list, *place, is_declared=is_declared, terms=TERMS, **who)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_the_whole_list_of_the_plan_is_read(database: Database, plan: Plan, encoding: str) -> None:
    table = tabular.read_table(nominations_file(encoding), campaigns.COLUMNS)
    listed = read_nominations(table, context(database, plan))
    by_group = {
        name: sum(each.group_id == group_id for each in listed.nominations) for name, group_id in plan.groups.items()
    }
    assert by_group == {"老客户": 80, "经销商": 50, "重点准客户": 200, "到访客户": 60}


def test_the_same_list_twice_adds_nothing(database: Database, plan: Plan, people: People) -> None:
    table = tabular.read_table(nominations_file(), campaigns.COLUMNS)
    listed = read_nominations(table, context(database, plan))
    assert hand_in(database, plan, people, listed) == 390
    assert hand_in(database, plan, people, listed) == 0
    again = read_nominations(table, context(database, plan))
    assert (len(again.nominations), again.known, again.flaws) == (0, 390, ())


def test_a_row_says_whose_person_it_is_and_what_their_word_weighs(database: Database, plan: Plan) -> None:
    [wang] = read(database, plan, HEAD + WANG).nominations
    assert (wang.organisation, wang.counterparty, wang.influence) == (
        "示例厂",
        Counterparty.BUSINESS,
        Influence.DECIDES,
    )


@pytest.mark.parametrize(
    ("old", "new", "column", "why"),
    [
        ("企业", "公职人员", "单位性质", errors.MayNotBeGiven),
        ("企业", "外星人", "单位性质", DomainError),
        ("决策人", "无", "影响力", errors.NoInfluence),
        ("老客户", "路人", "客户类型", DomainError),
        ("13800138000", "138", "联系电话", DomainError),
        ("广东省广州市天河区体育西路123号", "", "地址", DomainError),
    ],
)
def test_a_fault_is_named_by_row_and_column_and_nothing_is_taken(
    database: Database, plan: Plan, old: str, new: str, column: str, why: type[DomainError]
) -> None:
    listed = read(
        database, plan, HEAD + WANG.replace("13800138000", "13900139000").replace("王", "李") + WANG.replace(old, new)
    )
    assert listed.nominations == ()
    [(flaw, _text)] = listed.flaws
    assert (flaw.row, flaw.column, isinstance(flaw.reason, why)) == (3, column, True)


def test_two_rows_of_one_phone_are_a_fault(database: Database, plan: Plan) -> None:
    listed = read(database, plan, HEAD + WANG + WANG.replace("王小明", "李大伟"))
    assert [type(flaw.reason) for flaw, _text in listed.flaws] == [errors.AlreadyNominated]


def test_somebody_on_the_list_under_another_name_is_a_fault(database: Database, plan: Plan, people: People) -> None:
    nominate(
        database, plan, plan.nomination("老客户", phone="13800138000", name="别人"), people.lantern.nominator.actor
    )
    assert [type(flaw.reason) for flaw, _text in read(database, plan, HEAD + WANG).flaws] == [errors.AlreadyNominated]


def test_somebody_who_would_be_given_too_much_is_a_fault(database: Database, plan: Plan) -> None:
    def too_much(nominations: Any) -> Mapping[str, DomainError]:
        return {each.phone: errors.OverTheYear(total=1, year="2026", cap=1, before=1) for each in nominations}

    listed = read(database, plan, HEAD + WANG, over_the_year=too_much)
    assert [(flaw.column, type(flaw.reason)) for flaw, _text in listed.flaws] == [("联系电话", errors.OverTheYear)]


def test_a_list_that_nobody_declared_true_is_not_taken(database: Database, plan: Plan, people: People) -> None:
    with pytest.raises(errors.NotDeclared):
        hand_in(database, plan, people, read(database, plan, HEAD + WANG), is_declared=False)
    with database.reading() as reader:
        assert queries.people_nominated(reader, plan.id) == []


def test_a_list_is_dropped_and_then_there_is_none(database: Database, plan: Plan, people: People) -> None:
    who: dict[str, Any] = {"by": people.lantern.nominator.actor, "at": NOON}
    nominations = read(database, plan, HEAD + WANG).nominations
    database.transact(campaigns.keep_list, plan.id, plan.firm_id, "a.csv", nominations, today=TODAY, **who)
    database.transact(drop_list, plan.id, plan.firm_id, **who)
    with pytest.raises(errors.NoList):
        database.transact(campaigns.accept_list, plan.id, plan.firm_id, is_declared=True, terms=TERMS, **who)
