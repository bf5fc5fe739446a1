"""The runner: from evidence to a status, to findings, and to a row in a file, whatever a check does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from pandera.config import config_context

from caseaudit.catalogue import Catalogue, load_catalogue
from caseaudit.catalogue.loading import load_check
from caseaudit.model import FINDING_COLUMNS, ORIGIN_SHIFT, Result, Source, Status, Tables
from caseaudit.policy import load
from caseaudit.running import run, runner
from caseaudit.running.judging import judge
from caseaudit.tables import schema
from caseaudit.testing import drawn_tables, example_of, outcomes, run_check

DAY = dt.date(2026, 10, 31)

DOCSTRING = '''"""A fault.

Why it matters: It does.
Who is looked at: Open cases.
What is a finding: A blank is not evidenced.
What to do: Mend it.
Sources: House default.
"""
'''

CHECK = (
    DOCSTRING
    + """
import polars as pl

from caseaudit import Evidence, Field, check


@check("OWN01", severity="medium", owner="team manager", basis="house", subject="case"{more})
def own_fault(open_cases: pl.LazyFrame) -> pl.LazyFrame:
    {body}


class Standard(Evidence):
    acuity_band: str = Field(isin=["high", "low"], title="the band is high or low", description="Band {{acuity_band}}.")
    team: str = Field(title="a team is recorded")
"""
)


@pytest.fixture
def own(tmp_path: Path):
    """Write a check of one's own and give its path."""

    def write(body: str = "return open_cases", more: str = "", name: str = "own_fault") -> Path:
        path = tmp_path / f"{name}.py"
        path.write_text(CHECK.format(body=body, more=more).replace("own_fault", name), encoding="utf-8")
        return path

    return write


def cases(*rows: str) -> str:
    return "cases case_id | opened_on | acuity_band | team\n" + "\n".join(rows)


# --- Outcomes and status --------------------------------------------------------------------------------------------


def test_every_outcome_is_counted_and_the_rate_is_met_of_the_population(own) -> None:
    drawing = cases("C1 | 2026-01-05 | high | A", "C2 | 2026-01-05 | odd | A", "C3 | 2026-01-05 | | A")
    result = run_check(own(), "2026-10-31", drawing)
    assert outcomes(result) == {"C1": "met", "C2": "breach", "C3": "not evidenced"}
    assert (result.population, result.met, result.breach, result.not_evidenced) == (3, 1, 1, 1)
    assert result.rate == pytest.approx(1 / 3)
    assert result.status == Status.NOT_MET


def test_all_met_is_met_and_one_not_evidenced_is_not(own) -> None:
    assert run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | high | A")).status == Status.MET
    result = run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | high | A", "C2 | 2026-01-05 | | A"))
    assert result.status == Status.NOT_MET


def test_a_breach_of_one_measure_outranks_another_not_evidenced(own) -> None:
    result = run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | odd |"))
    assert outcomes(result) == {"C1": "breach"}
    assert result.findings is not None
    assert result.findings.collect()["status"].to_list() == ["breach", "not evidenced"]


def test_nobody_to_look_at_is_not_applicable_and_has_no_rate(own) -> None:
    result = run_check(own(), "2026-10-31", cases("C1 | 2027-01-05 | high | A"))
    assert result.status == Status.NOT_APPLICABLE
    assert result.rate is None


@pytest.mark.parametrize(("met", "status"), [(80, Status.MET), (79, Status.NOT_MET)])
def test_a_target_below_all_is_reached_exactly(own, met: int, status: Status) -> None:
    path = own(more=', target="discharge_follow_up_target"')
    rows = [f"C{n} | 2026-01-05 | {'high' if n < met else 'odd'} | A" for n in range(100)]
    result = run_check(path, "2026-10-31", cases(*rows))
    assert result.target == 0.8
    assert result.status == status


@pytest.mark.parametrize("whole", [10, 25])
def test_no_share_that_equals_the_target_misses_it_by_binary_noise(own, whole: int) -> None:
    path = own(more=', target="max_routine_share"')
    for met in range(1, whole + 1):
        decimal = f"{met / whole:.2f}"
        rows = [f"C{n} | 2026-01-05 | {'high' if n < met else 'odd'} | A" for n in range(whole)]
        result = run_check(path, "2026-10-31", cases(*rows), {"max_routine_share": float(decimal)})
        assert result.status == Status.MET, (met, whole)


def test_no_setting_of_the_environment_turns_a_breach_into_a_pass(own) -> None:
    check = load_check(own())
    evidence = pl.DataFrame({"case_id": ["C1"], "acuity_band": ["odd"], "team": ["A"], "origin": [2]})
    with config_context(validation_enabled=False):  # what PANDERA_VALIDATION_ENABLED=False does
        assert judge(evidence, check).evidence["outcome"].to_list() == ["breach"]
    with config_context(validation_depth="SCHEMA_ONLY"):
        assert judge(evidence, check).evidence["outcome"].to_list() == ["breach"]


# --- Several at a time ----------------------------------------------------------------------------------------------


def test_checks_made_side_by_side_come_out_as_one_after_the_other(monkeypatch) -> None:
    catalogue = load_catalogue(())
    tables = drawn_tables("\n".join(example_of(check).drawing for check in catalogue if check.family == "ACU"))
    told: dict[int, list[str]] = {}
    found = {}
    for number in (1, 2, 4):
        monkeypatch.setattr(runner, "AT_ONCE", number)
        results = run(catalogue, tables, load(DAY), DAY, told.setdefault(number, []).append, lean=("DQ",))
        found[number] = [
            (r.code, r.status, r.population, r.breach, _rows(r.evidence), _rows(r.findings)) for r in results
        ]
    assert found[1] == found[2] == found[4]
    assert told[1] == told[2] == told[4] == [check.code for check in catalogue]


def _rows(frame: pl.LazyFrame | None) -> list[tuple[object, ...]] | None:
    return None if frame is None else frame.collect().rows()


# --- What cannot be assessed ----------------------------------------------------------------------------------------


def test_a_missing_table_is_named_with_what_it_holds(own) -> None:
    result = run_check(own(), "2026-10-31", "staff worker_id | role\nW1 | Nurse")
    assert result.status == Status.NOT_ASSESSABLE
    assert result.reason == "No export holds cases (one row per episode of care)."
    assert result.population == 0


def test_a_missing_field_is_named_as_people_call_it_and_as_mappings_do(own) -> None:
    result = run_check(
        own(more=', needs="cases.acuity_band"'), "2026-10-31", "cases case_id | opened_on\nC1 | 2026-01-05"
    )
    assert result.status == Status.NOT_ASSESSABLE
    assert result.reason == "No export of cases has a column for 'Acuity band' (cases.acuity_band)."


def test_a_missing_field_it_can_do_without_is_not_evidenced_instead(own) -> None:
    result = run_check(own(), "2026-10-31", "cases case_id | opened_on\nC1 | 2026-01-05")
    assert outcomes(result) == {"C1": "not evidenced"}


# --- What goes wrong ------------------------------------------------------------------------------------------------


def test_a_check_that_fails_is_an_error_that_names_file_and_line_and_quotes_no_cell(own) -> None:
    body = 'raise ValueError(open_cases.collect()["case_id"][0])'
    result = run_check(own(body), "2026-10-31", cases("SECRET-7 | 2026-01-05 | high | A"))
    assert result.status == Status.ERROR
    assert result.reason == "own_fault.py, line 17: the check failed (ValueError)."
    assert "SECRET" not in repr(result)
    assert (result.population, result.met) == (0, 0)


def test_a_fault_inside_polars_is_an_error_too_and_quotes_no_cell(own) -> None:
    body = 'return open_cases.with_columns(acuity_band=pl.col("case_id").cast(pl.Int64, strict=True).cast(pl.String))'
    result = run_check(own(body), "2026-10-31", cases("SECRET-7 | 2026-01-05 | high | A"))
    assert result.status == Status.ERROR
    assert "SECRET" not in str(result.reason)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('return open_cases.drop("team")', "the evidence lacks the column 'team'"),
        ('return open_cases.drop("case_id")', "the evidence lacks the column 'case_id'"),
        ('return open_cases.drop("origin")', "the evidence lacks the column 'origin'"),
        ("return open_cases.with_columns(team=pl.lit(7))", "does not fit the Standard in column 'team'"),
    ],
)
def test_evidence_that_does_not_fit_its_standard_is_an_error_in_words(own, body: str, said: str) -> None:
    result = run_check(own(body), "2026-10-31", cases("C1 | 2026-01-05 | high | A"))
    assert result.status == Status.ERROR
    assert said in str(result.reason)


def test_one_check_in_error_stops_no_other(own, tmp_path: Path) -> None:
    own("return nothing_of_that_name")
    results = run(load_catalogue([tmp_path]).choose(["OWN01", "ACU02"]), drawn_tables(cases()), load(DAY), DAY)
    assert {result.code: result.status for result in results} == {
        "ACU02": Status.NOT_APPLICABLE,
        "OWN01": Status.ERROR,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def broken(:\n", "broken.py, line 1: the file is not valid Python"),
        (DOCSTRING + "\nimport nothing_of_that_name\n", "broken.py, line 10: the file fails when read"),
        (DOCSTRING, "broken.py must hold one function marked with @check; it holds 0"),
        (CHECK.format(body="return open_cases", more=""), "is named own_fault, not like its file"),
        (
            CHECK.format(body="return open_cases", more="").replace("own_fault", "broken").replace("Why", "Where"),
            "headings",
        ),
        (
            CHECK.format(body="return open_cases", more="")
            .replace("own_fault", "broken")
            .replace("open_cases:", "open_casks:"),
            "asks for 'open_casks'",
        ),
        (
            CHECK.format(body="return open_cases", more="")
            .replace("own_fault", "broken")
            .replace('"OWN01"', '"ACU02"'),
            "uses the code ACU02, which band_missing.py has already",
        ),
    ],
)
def test_a_broken_file_gives_one_row_in_error_that_says_where_and_stops_no_other(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "broken.py").write_text(text, encoding="utf-8")
    catalogue = load_catalogue([tmp_path])
    chosen = Catalogue((catalogue["ACU02"],), tuple(b for b in catalogue.broken if b.path.parent == tmp_path))
    results = run(chosen, drawn_tables(cases("C1 | 2026-01-05 | high | A")), load(DAY), DAY)
    assert [(result.code, result.status) for result in results] == [("ACU02", Status.MET), ("broken", Status.ERROR)]
    assert said in str(results[1].reason)


# --- Findings -------------------------------------------------------------------------------------------------------


def findings(result: Result) -> pl.DataFrame:
    assert result.findings is not None
    return result.findings.collect()


def test_a_finding_says_who_what_where_and_what_to_do(own) -> None:
    found = findings(
        run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | high | A", "C2 | 2026-01-05 | odd | North"))
    )
    assert tuple(found.columns) == FINDING_COLUMNS
    row = found.row(0, named=True)
    fingerprint = row.pop("fingerprint")
    assert len(fingerprint) == 16
    assert row == {
        "check": "OWN01",
        "status": "breach",
        "severity": "medium",
        "subject_type": "case",
        "subject": "C2",
        "team": "North",
        "measure": "the band is high or low",
        "detail": "Band odd.",
        "action": "Mend it.",
        "source_file": "cases.csv",
        "source_sheet": None,
        "source_row": 3,
    }


def test_what_is_not_on_record_says_so_instead_of_a_detail_with_holes(own) -> None:
    found = findings(run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | | A")))
    assert found["detail"].to_list() == ["The record that would show it is blank or missing, or leaves it open."]


def test_breaches_stand_before_what_is_not_evidenced(own) -> None:
    rows = ("C1 | 2026-01-05 | | A", "C2 | 2026-01-05 | odd | A", "C3 | 2026-01-05 | | A", "C4 | 2026-01-05 | odd | A")
    found = findings(run_check(own(), "2026-10-31", cases(*rows)))
    assert found["subject"].to_list() == ["C2", "C4", "C1", "C3"]


def test_evidence_may_set_the_severity_row_by_row(own) -> None:
    body = 'return open_cases.with_columns(severity=pl.col("team").replace({"A": "low", "B": "high"}))'
    rows = ("C1 | 2026-01-05 | odd | A", "C2 | 2026-01-05 | odd | B")
    assert findings(run_check(own(body), "2026-10-31", cases(*rows)))["severity"].to_list() == ["low", "high"]


def test_all_met_leaves_a_frame_of_no_findings_with_the_same_columns(own) -> None:
    found = findings(run_check(own(), "2026-10-31", cases("C1 | 2026-01-05 | high | A")))
    assert found.height == 0
    assert tuple(found.columns) == FINDING_COLUMNS


def test_the_fingerprint_stays_when_values_days_and_rows_change_and_differs_by_subject_and_measure(own) -> None:
    path = own()
    first = findings(run_check(path, "2026-10-31", cases("C1 | 2026-01-05 | odd | A", "C2 | 2026-01-05 | odd |")))
    later = findings(run_check(path, "2026-11-30", cases("C9 | 2026-01-05 | high | A", "C1 | 2026-01-05 | queer | B")))
    prints = dict(first.select(pl.concat_str("subject", "measure"), "fingerprint").iter_rows())
    assert len(set(prints.values())) == 3
    assert later["fingerprint"].to_list() == [prints["C1the band is high or low"]]


def test_origin_leads_back_to_file_sheet_and_physical_row(own) -> None:
    sources = (
        Source("staff.csv", None, "", None, None, 1, 0),
        Source("Caseload.xlsx", "North", "", None, None, 6, 2),
        Source("Caseload.xlsx", "South", "", None, None, 6, 1),
    )
    rows = [("C1", 1, 7), ("C2", 1, 8), ("C3", 2, 4_000_000_000)]
    frame = pl.DataFrame(
        {
            "case_id": [name for name, _, _ in rows],
            "opened_on": [dt.date(2026, 1, 5)] * 3,
            "acuity_band": ["odd"] * 3,
            "team": ["A"] * 3,
            "origin": pl.Series([place * ORIGIN_SHIFT + row for _, place, row in rows], dtype=pl.UInt64),
        }
    )
    missing = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema("cases").items() if name not in frame.columns
    ]
    tables = Tables({"cases": frame.with_columns(missing)}, {"cases": frozenset(schema("cases"))}, sources)
    found = findings(run(Catalogue((load_check(own()),)), tables, load(DAY), DAY)[0])
    assert found.select("subject", "source_file", "source_sheet", "source_row").rows() == [
        ("C1", "Caseload.xlsx", "North", 7),
        ("C2", "Caseload.xlsx", "North", 8),
        ("C3", "Caseload.xlsx", "South", 4_000_000_000),
    ]


def test_details_are_written_as_a_reader_says_them(own) -> None:
    body = (
        "return open_cases.with_columns(n=pl.lit(1), m=pl.lit(3), x=pl.lit(2.50), w=pl.lit(4.0), "
        'b=pl.lit("very_high"), none=pl.lit(None, dtype=pl.Date))'
    )
    path = own(body)
    detail = "{n:day}, {m:day}, {x}, {w}, {b}, {opened_on}, {none}."
    path.write_text(path.read_text(encoding="utf-8").replace("Band {acuity_band}.", detail), encoding="utf-8")
    found = findings(run_check(path, "2026-10-31", cases("C1 | 2026-01-05 | odd | A")))
    assert found["detail"].to_list() == ["1 day, 3 days, 2.5, 4, very high, 5 Jan 2026, not on record."]


def test_a_subject_of_several_columns_is_joined_and_a_blank_part_is_called_so(own) -> None:
    path = own()
    path.write_text(
        path.read_text(encoding="utf-8").replace('subject="case"', 'subject=("team", "case_id")'), encoding="utf-8"
    )
    found = findings(run_check(path, "2026-10-31", cases("C1 | 2026-01-05 | odd |")))
    assert found["subject"].to_list() == ["blank | C1"] * 2
    assert found["subject_type"].to_list() == ["team and case_id"] * 2


# --- A run as a whole -----------------------------------------------------------------------------------------------


def test_results_come_in_the_order_of_codes_and_progress_is_told_before_each() -> None:
    told: list[str] = []
    catalogue = load_catalogue().choose(["SUP01", "ACU02", "REV01"])
    results = run(catalogue, drawn_tables(cases()), load(DAY), DAY, told.append)
    assert [result.code for result in results] == told == ["ACU02", "REV01", "SUP01"]


def test_the_same_run_twice_gives_the_same_results() -> None:
    drawing = cases("C2 | 2026-01-05 | odd | A", "C1 | 2026-01-05 | | A")
    first, second = (run_check("band_missing", "2026-10-31", drawing) for _ in range(2))
    assert findings(first).equals(findings(second))
    assert first.evidence is not None
    assert second.evidence is not None
    assert first.evidence.collect().equals(second.evidence.collect())
