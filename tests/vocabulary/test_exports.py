"""The exports as a whole: names kept small, rows and fields accounted for."""

import datetime as dt
from dataclasses import replace

import polars as pl

from caseaudit.model import ORIGIN_SHIFT, SourceAccount
from caseaudit.tables import MODELS, spec
from caseaudit.testing import drawn_tables
from caseaudit.vocabulary import exports

AS_AT = dt.date(2026, 10, 31)


def test_every_table_and_field_has_its_number() -> None:
    assert set(exports.TABLE.categories) == set(MODELS)
    assert {field for table in MODELS for field in spec(table).fields} == set(exports.FIELD.categories)


def test_nothing_stacked_is_an_empty_frame_with_its_columns() -> None:
    nothing = exports.stacked([], table=exports.TABLE, key=pl.String()).collect()
    assert nothing.schema == {"table": exports.TABLE, "key": pl.String(), "origin": pl.UInt64()}


def test_a_row_is_known_by_its_key_or_by_what_it_cannot_lack() -> None:
    tables = drawn_tables("staff worker_id | role\nW1 | N\nbands case_id | band | set_on\nC1 | high | 2026-01-05")
    names = [tables.frames[table].select(exports.row_name(table)).item() for table in ("staff", "bands")]
    assert names == ["W1", "C1 | high | 2026-01-05"]


def test_every_table_can_be_named_dated_and_searched_for_faults() -> None:
    for table in MODELS:
        empty = drawn_tables(f"{table} {next(iter(spec(table).fields))}").frames[table].lazy()
        asked = empty.select(
            name=exports.row_name(table),
            period=exports.reversed_span(table),
            event=exports.event_ahead(table, AS_AT),
        )
        assert asked.collect().shape == (0, 3)


def test_the_field_of_an_empty_table_leads_to_the_header_of_its_source() -> None:
    tables = drawn_tables("staff worker_id | role\nW1 | N\ncases case_id | opened_on")
    sources = [
        SourceAccount(source, (name,), 0, 0, 0, 0) for source, name in zip(tables.sources, tables.frames, strict=True)
    ]
    found = exports.filled(replace(tables, accounts=tuple(sources)), ["cases.case_id", "staff.role", "tasks.source"])
    assert found.collect().select("rows", "origin").rows() == [(0, ORIGIN_SHIFT + 1), (1, 2)]


def test_a_reference_to_a_table_nobody_exported_is_none() -> None:
    tables = drawn_tables("cases case_id | opened_on | worker_id\nC1 | 2026-01-05 | W1")
    assert exports.references(tables, "cases") == []
