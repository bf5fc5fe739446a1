"""What a commissioner reads of the rows of each export: never a few that are about people, nor what gives them away."""

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from test_publish import SCHEMA

from caseaudit.disclosure import public_results, publish, row_counts, sources
from caseaudit.model import Source, SourceAccount
from caseaudit.reporting import documents, pack
from caseaudit.tables import MODELS, spec

NUMBERS = ("rows_read", "kept", "rejected", "furniture")


def source(name, tables, kept, lost=0, furniture=0):
    """What became of a file's rows."""
    read = kept + lost + furniture
    return SourceAccount(
        Source(name, None, "ab" * 32, None, None, 1, read), tables, read, kept, lost + furniture, furniture
    )


@pytest.mark.parametrize("table", MODELS)
def test_a_table_is_about_whom_its_fields_name(table):
    fields = spec(table).fields
    of_people = "case_id" in fields or "person_id" in fields
    assert (table in sources.OF_WORKERS) == ("worker_id" in fields and not of_people)
    assert (table in sources.OF_NOBODY) == ("worker_id" not in fields and not of_people)


@pytest.mark.parametrize("table", MODELS)
def test_a_table_s_key_dates_and_references_are_as_written_down(table):
    known = spec(table)
    assert (table in row_counts.KEYED) == (known.key is not None)
    assert any(field.kind in {"day", "month"} for field in known.fields.values())  # so DQ03 counts every table's rows
    pointing = [field.refers_to for field in known.fields.values() if field.refers_to]
    assert sorted(row_counts.REFERENCES.get(table, ())) == sorted(pointing)


def published(accounts, audit_of, result_of, members, profile="commissioner"):
    """A service of 60 cases of which 10 fell short, from these exports."""
    audit = replace(audit_of(result_of(members(50, 10, 0))), accounts=tuple(accounts))
    return publish(audit, "commissioner", profile), audit


def shown(publication):
    """File → its four numbers as printed."""
    return {a.source.file: tuple(str(getattr(a, name)) for name in NUMBERS) for a in publication.accounts}


def totals(publication):
    rows = publication.rows
    return tuple(map(str, (rows.read, rows.kept, rows.rejected, rows.furniture)))


HIDDEN = ("not shown",) * 4
CASES, CONTACTS, REVIEWS = ("cases",), ("contacts",), ("reviews",)


def test_where_nothing_is_small_every_number_is_shown(audit_of, result_of, members):
    exports = [source("a", CASES, 100), source("b", CONTACTS, 900, 20, 3)]
    found, _ = published(exports, audit_of, result_of, members)
    assert shown(found) == {"a": ("100", "100", "0", "0"), "b": ("923", "900", "23", "3")}
    assert totals(found) == ("1,023", "1,000", "23", "3")


@pytest.mark.parametrize(("lost", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_few_rows_that_were_rejected_are_not_told_nor_by_another_source(lost, is_shown, audit_of, result_of, members):
    exports = [source("a", CASES, 100, lost), source("b", CONTACTS, 900, 6), source("c", REVIEWS, 90, 9)]
    found, _ = published(exports, audit_of, result_of, members)
    assert (shown(found)["a"][1] == "100") is is_shown
    assert shown(found)["a"][0] == str(100 + lost)
    assert shown(found)["b"] == (("906", "900", "6", "0") if is_shown else ("906", *HIDDEN[:3]))
    assert shown(found)["c"] == ("99", "90", "9", "0")
    kept_and_lost = ("1,090", str(15 + lost), "0") if is_shown else HIDDEN[:3]
    assert totals(found) == (f"{1105 + lost:,}", *kept_and_lost)


@pytest.mark.parametrize(("kept", "is_shown"), [(4, False), (5, True)])
def test_a_file_of_few_rows_is_not_counted_nor_the_one_that_would_give_it_away(
    kept, is_shown, audit_of, result_of, members
):
    exports = [source("team", CASES, kept), source("a", CASES, 100), source("b", CONTACTS, 900)]
    found, _ = published(exports, audit_of, result_of, members)
    assert (shown(found)["team"] != HIDDEN) is is_shown
    assert (shown(found)["a"] != HIDDEN) is is_shown
    assert shown(found)["b"] != HIDDEN
    assert totals(found)[0] == f"{1000 + kept:,}"


@pytest.mark.parametrize(("rows", "is_shown"), [(60, True), (61, False), (64, False), (65, True)])
def test_a_file_with_a_few_rows_more_than_the_people_a_figure_counts_is_not_counted(
    rows, is_shown, audit_of, result_of, members
):
    """Sixty cases are open: of a caseload export with 63 rows a reader would know that three are closed."""
    found, _ = published(
        [source("a", CASES, rows), source("b", CONTACTS, 900), source("c", REVIEWS, 300)], audit_of, result_of, members
    )
    assert (shown(found)["a"] != HIDDEN) is is_shown


def test_no_total_is_told_where_all_that_was_lost_is_little(audit_of, result_of, members):
    found, _ = published([source("a", CASES, 100, 2), source("b", CONTACTS, 900, 1)], audit_of, result_of, members)
    assert shown(found) == {"a": ("102", *HIDDEN[:3]), "b": ("901", *HIDDEN[:3])}
    assert totals(found) == ("1,003", *HIDDEN[:3])
    page = documents.render(found, "assurance", ("html",))[0].content.decode().replace("\xa0", " ")
    assert "1,003 rows were read from 2 sources; how many were kept and how many rejected is not shown" in page
    assert "how many is not shown" in page


def test_rows_about_workers_and_records_of_work_are_told(audit_of, result_of, members):
    exports = [source("hr", ("staff",), 40, 1), source("log", ("governance",), 3), source("a", CASES, 100)]
    found, _ = published(exports, audit_of, result_of, members)
    assert shown(found)["hr"] == ("41", "40", "1", "0")
    assert shown(found)["log"] == ("3", "3", "0", "0")


def test_where_counts_are_rounded_only_the_totals_are_told(audit_of, result_of, members):
    exports = [source("a", CASES, 102, 2), source("b", CONTACTS, 904, 1)]
    found, _ = published(exports, audit_of, result_of, members, "publication")
    assert set(shown(found).values()) == {("*",) * 4}
    assert totals(found) == ("1,010", "1,005", "*", "*")


def test_those_inside_are_told_everything(audit_of, result_of, members):
    audit = replace(audit_of(result_of(members(50, 10, 0))), accounts=(source("a", CASES, 3, 1),))
    assert shown(publish(audit, "internal", outward=False)) == {"a": ("4", "3", "1", "0")}


def test_the_data_file_and_the_manifest_hold_what_is_shown(audit_of, result_of, members):
    exports = [source("a", CASES, 100, 2), source("b", CONTACTS, 900, 7)]
    found, audit = published(exports, audit_of, result_of, members)
    data = json.loads(json.dumps(public_results(found), default=str))
    jsonschema.validate(data, SCHEMA)
    assert data["tables"][0]["rows_read"] == 102
    assert [data["tables"][0][name] for name in ("rows_kept", "rows_rejected", "furniture")] == [None] * 3
    manifest = json.loads(pack.manifest(audit, "commissioner", {}, found.accounts).content)
    assert manifest["rows"][0] == {
        "file": "a",
        "sheet": None,
        "rows_read": 102,
        "rows_kept": None,
        "rows_rejected": None,
    }
    inside = json.loads(pack.manifest(audit, "internal", {}).content)
    assert inside["rows"][0]["rows_rejected"] == 2


def test_a_few_rows_that_a_check_of_the_data_counts_are_protected_too(audit_of, result_of, members):
    result = result_of(members(900, 3, 0), subject="source row", columns=("worker_id",))
    published = publish(audit_of(result), "commissioner").results[0]
    assert [str(f) for f in (published.population, published.met, published.breach)] == ["903", "not shown", "<5"]


# --- The attacker -------------------------------------------------------------------------------------------------

DRAWN = (0, 0, 0, 1, 2, 3, 4, 5, 8)


def narrowest(publication):
    """How many values the hidden number with the fewest can have, by all sums; None where none is hidden."""
    cells = [[getattr(a, name) for name in NUMBERS] for a in publication.accounts]
    rows = publication.rows
    cells.append([rows.read, rows.kept, rows.rejected, rows.furniture])
    size = 4 * len(cells)
    low, high, equal = np.zeros(size), np.full(size, 10_000.0), []
    for line, figures in enumerate(cells):
        for place, figure in enumerate(figures):
            if figure.value is not None:
                low[4 * line + place] = high[4 * line + place] = figure.value
        read, kept, rejected, furniture = range(4 * line, 4 * line + 4)
        equal.append({read: 1, kept: -1, rejected: -1})
        equal.append({rejected: 1, furniture: -1, size + line: -1})  # records lost: none or more
    every = range(len(cells) - 1)
    equal += [{4 * line + place: 1 for line in every} | {4 * len(every) + place: -1} for place in range(4)]
    low, high = np.append(low, np.zeros(len(cells))), np.append(high, np.full(len(cells), 10_000.0))
    matrix = np.zeros((len(equal), len(low)))
    for row, terms in enumerate(equal):
        for place, factor in terms.items():
            matrix[row, place] = factor
    rules, found = LinearConstraint(matrix, 0, 0), []
    for place in np.flatnonzero((low < high)[:size]):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(low))
            goal[place] = sign
            solved = milp(goal, constraints=rules, bounds=Bounds(low, high), integrality=np.ones(len(low)))
            assert solved.status == 0, solved.message
            ends.append(sign * solved.fun)
        if ends[1] > 0.5:
            found.append(round(ends[1] - ends[0]) + 1)
    return min(found, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_no_number_of_rows_that_is_hidden_can_be_worked_out_from_the_others(seed, audit_of, result_of, members):
    rng = np.random.default_rng(seed)
    exports = [
        source(f"{place}", tables, int(rng.choice((2, 4, 30, 200))), int(rng.choice(DRAWN)))
        for place, tables in enumerate((CASES, CASES, CONTACTS, REVIEWS, ("staff",))[: rng.integers(2, 6)])
    ]
    found, _ = published(exports, audit_of, result_of, members)
    left = narrowest(found)
    assert left is None or left >= 4
    for account, export in zip(found.accounts, exports, strict=True):
        if export.tables != ("staff",):
            assert not any(0 < number < 5 for number in (account.kept.value or 0, account.rejected.value or 0))


def test_no_sheet_and_no_column_headed_with_a_name_is_told_outside(audit_of, result_of, members):
    """A supervision log has a sheet per worker, a matrix a column per worker."""
    names = ("Ada Birch", "Ada Birch B", "Bo Carter")
    found = [
        replace(one.source, sheet=name, notes=(f"Dates in “{name}”, “Cy Dunn”: day first.", "A word such as “N/A”."))
        for one, name in zip([source("log.xlsx", CASES, 100)] * 3, names, strict=True)
    ]
    exports = [SourceAccount(one, CASES, 100, 100, 0, 0) for one in found]
    audit = replace(
        audit_of(result_of(members(50, 10, 0))),
        accounts=tuple(exports),
        notes=("log.xlsx › Ada Birch B: blanks in “Bo Carter” 70, “Cy Dunn” 50.", *found[0].notes),
    )
    outside = publish(audit, "commissioner")
    assert [a.source.label for a in outside.accounts] == [f"log.xlsx › sheet {n}" for n in (1, 2, 3)]
    assert outside.notes == (
        "log.xlsx › sheet 2: blanks in 2 columns.", "Dates in 2 columns: day first.", "A word such as “N/A”.",
    )  # fmt: skip
    files = [json.dumps(public_results(outside), default=str).encode()]
    files += [pack.manifest(audit, "commissioner", {}, outside.accounts).content]
    files += [one.content for one in documents.render(outside, "assurance", ("html",))]
    for content in files:
        assert not any(name in content.decode() for name in ("Ada Birch", "Bo Carter", "Cy Dunn"))
    inside = publish(audit, "internal", outward=False)
    assert inside.accounts[1].source.sheet == "Ada Birch B"
    assert "Bo Carter" in inside.notes[0]
