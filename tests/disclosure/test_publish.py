"""What an audience may know: raw for those inside, aggregates and pseudonyms for a commissioner."""

import json
from pathlib import Path

import jsonschema
import pytest

import caseaudit.reporting
from caseaudit.disclosure import public_results, publish
from caseaudit.errors import UsageProblem

KEY = bytes(range(32))
SCHEMA = json.loads((Path(caseaudit.reporting.__file__).parent / "results.schema.json").read_text(encoding="utf-8"))


def figures(result):
    return [str(f) for f in (result.population, result.met, result.breach, result.not_evidenced, result.rate)]


def test_internal_has_raw_figures_identifiers_and_findings(audit_of, result_of, members):
    result = publish(audit_of(result_of(members(97, 3, 0))), "internal").results[0]
    assert figures(result) == ["100", "97", "3", "0", "97 %"]
    assert [example.name for example in result.worst] == ["P00099", "P00098", "P00097"]
    assert (result.longest, result.findings.height) == (3, 3)


def test_findings_stand_worst_first(audit_of, result_of):
    members = [("North", "breach", 2), ("North", "not evidenced", None), ("North", "breach", 9)]
    findings = publish(audit_of(result_of(members)), "internal").results[0].findings
    assert findings["subject"].to_list() == ["P00002", "P00000", "P00001"]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((96, 14, 0), ["110", "96", "14", "0", "87 %"]),
        ((97, 3, 0), ["100", "not shown", "<5", "0", "not shown"]),
        ((90, 7, 3), ["100", "90", "not shown", "not shown", "90 %"]),
        ((100, 0, 0), ["100", "100", "0", "0", "100 %"]),
        ((2, 1, 0), ["<5", "not shown", "not shown", "not shown", "not shown"]),
        ((0, 0, 0), ["0", "0", "0", "0", "–"]),
    ],
)
def test_small_counts_of_people_are_protected_with_what_would_give_them_away(
    counts, shown, audit_of, result_of, members
):
    result = publish(audit_of(result_of(members(*counts))), "commissioner", key=KEY).results[0]
    assert figures(result) == shown
    assert result.findings is None


def test_counts_of_workers_are_shown(audit_of, result_of, members):
    audit = audit_of(result_of(members(57, 3, 0), subject="worker", columns=("worker_id",)))
    assert figures(publish(audit, "commissioner").results[0]) == ["60", "57", "3", "0", "95 %"]


def test_counts_of_workers_of_a_service_of_fewer_than_five_are_not(audit_of, result_of, members):
    audit = audit_of(result_of(members(3, 1, 0), subject="worker", columns=("worker_id",)))
    assert figures(publish(audit, "commissioner").results[0])[0] == "<5"


def test_a_team_of_fewer_than_five_staff_does_not_stand_alone(audit_of, result_of, members):
    staff = [*members(9, 2, 0, "North"), *members(7, 1, 0, "South"), *members(2, 1, 0, "Tiny")]
    audit = audit_of(result_of(staff, subject="worker", columns=("worker_id",)))
    rows = publish(audit, "commissioner").tables["team/REV01"].rows
    assert {str(row[0]): str(row[1]) for row in rows} == {"North": "11", "2 teams together": "11"}
    assert "Tiny" in {str(row[0]) for row in publish(audit, "internal").tables["team/REV01"].rows}


def test_the_same_teams_are_put_together_in_every_table_about_people(audit_of, result_of, members):
    first = [*members(20, 6, 0, "North"), *members(20, 6, 0, "South"), *members(3, 0, 0, "Tiny")]
    second = [*members(20, 6, 0, "North"), *members(20, 6, 0, "South"), *members(30, 8, 0, "Tiny")]
    tables = publish(audit_of(result_of(first), result_of(second, code="REV02")), "commissioner").tables
    names = [{str(row[0]) for row in tables[name].rows} for name in ("team/REV01", "team/REV02")]
    assert names[0] == names[1]


def test_the_us_profile_protects_up_to_ten(audit_of, result_of, members):
    audit = audit_of(result_of(members(90, 10, 0)))
    assert figures(publish(audit, "commissioner", "us").results[0])[2] == "<11"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((96, 14, 12), ["120", "95", "15", "10", "79 %"]),
        ((97, 3, 0), ["100", "*", "*", "*", "*"]),
        ((100, 0, 0), ["100", "100", "*", "*", "100 %"]),
        ((0, 0, 0), ["*", "*", "*", "*", "–"]),
    ],
)
def test_the_publication_profile_stars_and_rounds(counts, shown, audit_of, result_of, members):
    result = publish(audit_of(result_of(members(*counts))), "commissioner", "publication").results[0]
    assert figures(result) == shown


def test_examples_are_pseudonyms_and_come_only_with_a_count_that_is_shown(audit_of, result_of, members):
    many = publish(audit_of(result_of(members(90, 10, 0))), "commissioner", key=KEY).results[0]
    few = publish(audit_of(result_of(members(97, 3, 0))), "commissioner", key=KEY).results[0]
    none = publish(audit_of(result_of(members(90, 10, 0))), "commissioner").results[0]
    assert [example.days for example in many.worst] == [10, 9, 8]
    assert all(example.name.startswith("C-") and "P0" not in example.name for example in many.worst)
    assert (few.worst, few.longest) == ((), None)
    assert (none.worst, none.longest) == ((), 10)


def test_a_note_that_counts_a_few_cells_is_not_told(audit_of, result_of, members):
    publication = publish(audit_of(result_of(members(90, 10, 0))), "commissioner")
    assert publication.notes == ("Dates of 'Opened' are day first.",)
    assert publication.accounts[0].source.notes == ()


def test_measures_stay_inside(audit_of, result_of, members):
    audit = audit_of(result_of(members(90, 10, 0), measures={"gini": {"North": 0.31}}))
    assert publish(audit, "internal").results[0].measures
    assert not publish(audit, "commissioner").results[0].measures


def test_the_lateness_of_few_people_is_put_together(audit_of, result_of):
    late = [("North", "breach", days) for days in (*range(1, 8), 9, 10, 100, 101, 102)]
    audit = audit_of(result_of([*late, *[("North", "met", -1)] * 50]))
    inside, outside = (publish(audit, who).tables["late/REV01"].rows for who in ("internal", "commissioner"))
    assert [str(row[1]) for row in inside] == ["7", "2", "0", "0", "3"]
    assert all(row[1].value == 0 or row[1].value >= 5 for row in outside)
    assert sum(row[1].value for row in outside) == 12


def test_no_suppressed_number_is_in_the_data_file(audit_of, result_of, members):
    data = public_results(publish(audit_of(result_of(members(97, 3, 0))), "commissioner", key=KEY))
    check = json.loads(json.dumps(data))["checks"][0]
    assert (check["population"], check["met"], check["breach"], check["rate"]) == (100, None, "<5", None)
    assert check["suppressed"] == ["met", "breach", "rate"]


@pytest.mark.parametrize("profile", ["commissioner", "publication", "us"])
@pytest.mark.parametrize("counts", [(96, 14, 12), (97, 3, 0), (2, 1, 0), (0, 0, 0), (100, 0, 0)])
def test_the_data_file_of_a_commissioner_keeps_to_the_schema(counts, profile, audit_of, result_of, members):
    published = publish(audit_of(result_of(members(*counts))), "commissioner", profile)
    data = json.loads(json.dumps(public_results(published), default=str))
    jsonschema.validate(data, SCHEMA)
    assert data["profile"] == profile
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_fingerprint_speaks_of_published_figures_alone(audit_of, result_of, members):
    """One over the raw figures could be tried against each small number."""
    prints = {publish(audit_of(result_of(members(100 - n, n, 0))), "commissioner").fingerprint for n in (1, 2, 3, 4)}
    assert len(prints) == 1


@pytest.mark.parametrize(("audience", "profile"), [("board", "commissioner"), ("commissioner", "comissioner")])
def test_an_unknown_audience_or_profile_is_refused(audience, profile, audit_of):
    with pytest.raises(UsageProblem, match="There is no"):
        publish(audit_of(), audience, profile)
