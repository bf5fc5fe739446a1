"""Published formats: recognised by their headings, read without a mapping; what they cannot tell is not assessable."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from caseaudit import folders, mapping, pipeline
from caseaudit.mapping.presets import NAMES, parts
from caseaudit.model import Audit, Result, Status
from caseaudit.tables import MODELS, spec

PRESETS = folders.SAMPLE / "presets"
sys.path.insert(0, str(PRESETS))
import make_presets as made  # noqa: E402

AS_AT = dt.date(2026, 10, 31)


@cache
def seen(name: str) -> pipeline.Understood:
    return pipeline.understood([PRESETS / name])


@cache
def audited(name: str) -> dict[str, Result]:
    return {one.code: one for one in audit(PRESETS / name).results}


def audit(folder: Path, *select: str) -> Audit:
    return pipeline.audit(pipeline.Request((folder,), as_at=AS_AT, select=select))


def counts(result: Result) -> tuple[int, int, int, int]:
    return result.population, result.met, result.breach, result.not_evidenced


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_is_read_without_a_question_and_no_row_is_lost(name: str) -> None:
    every = {field.path for table in MODELS for field in spec(table).fields.values()}
    assert not mapping.questions(seen(name).plans, every)
    assert all(plan.format is not None for plan in seen(name).plans)
    for account in seen(name).tables.accounts:
        assert account.rows_read == account.kept + account.rejected
    # What is set aside on purpose is no lost record.
    assert counts(audited(name)["DQ07"])[2:] == (0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_what_identifies_people_never_enters_a_frame(name: str) -> None:
    personal = {one.heading for plan in seen(name).plans for one in plan.matches if one.personal}
    assert personal
    for plan in seen(name).plans:
        assert not personal & mapping.headings(plan)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_is_what_its_script_writes(name: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, PRESETS / "make_presets.py", "--out", tmp_path], check=True)
    wrote = {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
    assert wrote == {file.name: file.read_bytes() for file in (PRESETS / name).iterdir()}


@pytest.mark.parametrize("name", NAMES)
def test_every_check_without_its_tables_is_not_assessable_and_says_why(name: str) -> None:
    tables = seen(name).tables
    lacking = [r for r in audited(name).values() if r.status is Status.NOT_ASSESSABLE]
    assert lacking
    assert all(result.reason for result in lacking)
    assert not [r for r in audited(name).values() if r.status is Status.ERROR]
    needing_local = {"SUP01", "CMP01", "ACU03", "PEE01", "CAP01"} & audited(name).keys()
    assert needing_local
    assert all(audited(name)[code].status is Status.NOT_ASSESSABLE for code in needing_local)
    assert not {"supervision", "competencies", "bands", "tasks", "peer_roles"} & tables.frames.keys()


@pytest.mark.parametrize(
    ("name", "file", "heading", "table"),
    [
        ("mhsds_v6", "MHS101Referral.csv", "ReferralRequestReceivedDate", "cases"),
        ("hmis_fy2026", "Enrollment.csv", "EntryDate", "cases"),
    ],
)
def test_a_file_that_lacks_a_column_of_its_part_says_which(
    name: str, file: str, heading: str, table: str, tmp_path: Path
) -> None:
    shutil.copytree(PRESETS / name, tmp_path / "exports")
    path = tmp_path / "exports" / file
    write(path, path.read_text(encoding="utf-8-sig").replace(heading, "Something", 1))
    found = pipeline.understood([tmp_path / "exports"])
    (plan,) = [one for one in found.plans if one.sheet.source.file == file]
    assert f"without {heading}" in (plan.left_out or "")
    assert table not in found.tables.frames
    (account,) = [one for one in found.tables.accounts if one.source.file == file]
    assert account.rejected > account.furniture  # lost records, not set aside on purpose
    mapping_file = tmp_path / "mapping.toml"
    write(mapping_file, f'[[source]]\nfile = "{file}"\nleave_out = true\n')
    (plan,) = [one for one in pipeline.plan([path], mapping_file)[0] if one.sheet.source.file == file]
    assert plan.left_out == "left out, as the mapping file says"


def test_every_preset_names_fields_that_exist() -> None:
    for part in parts():
        paths = [path for each in part.columns.values() for path in each]
        for path in (*paths, *part.constants, *part.values):
            table, field = path.split(".")
            assert field in spec(table).fields, (part.format.part, path)
        for join in part.joins:
            others = [one for one in parts() if (one.format.name, one.format.part) == (part.format.name, join.source)]
            assert others, (part.format.part, join.source)
            assert join.which in {"first", "last", "all"}


# MHSDS


@pytest.mark.parametrize("name", NAMES)
def test_capitals_of_the_headings_do_not_count(name: str, tmp_path: Path) -> None:
    for file in (PRESETS / name).iterdir():
        head, _, rows = file.read_text(encoding="utf-8").partition("\n")
        write(tmp_path / file.name, f"{head.lower()}\n{rows}")
    again = {one.code: one for one in audit(tmp_path).results}
    assert {code: (one.status, counts(one)) for code, one in again.items()} == {
        code: (one.status, counts(one)) for code, one in audited(name).items()
    }


def test_mhsds_cases_are_referrals_with_a_contact() -> None:
    frames = seen("mhsds_v6").tables.frames
    assert frames["cases"].height == made.PEOPLE
    assert frames["referrals"].height == made.PEOPLE + made.WITHOUT_CONTACT + made.REJECTED
    assert frames["cases"]["closed_on"].null_count() == made.OPEN
    assert frames["referrals"]["closed_on"].null_count() == made.OPEN + made.WITHOUT_CONTACT
    assert frames["referrals"]["case_id"].null_count() == made.WITHOUT_CONTACT + made.REJECTED
    first = frames["referrals"].filter(pl.col("referral_id") == "SR00001")
    assert first["first_contact_on"].item() == AS_AT - dt.timedelta(days=90)


def test_mhsds_contacts_name_the_worker_through_their_activities() -> None:
    tables = seen("mhsds_v6").tables
    assert tables.frames["contacts"]["worker_id"].null_count() == 0
    first = tables.frames["contacts"].filter(pl.col("contact_id") == "CC00011")
    assert first["worker_id"].item() == "CP002"
    assert any(f"{made.CONTACTS_OF_TWO} have more than one worker" in note for note in tables.notes)
    lookups = {a.source.file: a for a in tables.accounts if a.source.file.startswith(("MHS202", "MHS206"))}
    assert all(account.kept == account.rows_read for account in lookups.values())


def test_mhsds_named_worker_is_the_latest_coordinator_who_has_not_ended() -> None:
    cases = dict(seen("mhsds_v6").tables.frames["cases"].select("case_id", "worker_id").iter_rows())
    assert cases["SR00001"] is None  # the coordinator ended in September
    assert cases["SR00004"] == "CP006"  # handed over
    result = audited("mhsds_v6")["CAP05"]
    assert counts(result) == (made.OPEN, made.OPEN - made.WITHOUT_COORDINATOR, 0, made.WITHOUT_COORDINATOR)


def test_mhsds_follow_up_and_closures() -> None:
    results = audited("mhsds_v6")
    assert counts(results["ESC08"]) == (made.DISCHARGED, made.DISCHARGED - 2, 2, 0)
    closed = made.PEOPLE - made.OPEN
    assert counts(results["REV04"]) == (closed, closed - made.CLOSED_AFTER_DNA, made.CLOSED_AFTER_DNA, 0)
    assert counts(results["DQ02"])[2] == 0


def test_mhsds_reviews_of_one_person_come_from_three_tables() -> None:
    reviews = seen("mhsds_v6").tables.frames["reviews"]
    # Ten plans, each with an agreement on another day; four CPA reviews.
    assert Counter(reviews["kind"]) == {"care_plan": 20, "cpa": 4}
    assert set(reviews.filter(pl.col("kind") == "cpa")["reviewer_id"]) == {"CP002"}


def test_mhsds_tells_the_reporting_period() -> None:
    assert any("2026-10-01 to 2026-10-31" in note for note in seen("mhsds_v6").tables.notes)


def test_mhsds_without_activities_says_that_workers_are_not_known(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    shutil.copytree(PRESETS / "mhsds_v6", folder)
    (folder / "MHS202CareActivity.csv").unlink()
    tables = pipeline.understood([folder]).tables
    assert "worker_id" not in tables.supplied["contacts"]
    assert any("MHS202CareActivity is not among the exports" in note for note in tables.notes)
    by_file = {account.source.file: account for account in tables.accounts}
    staff = by_file["MHS206StaffActivity.csv"]
    assert (staff.kept, staff.rejected) == (0, staff.rows_read)
    reasons = {one.reason for one in tables.rejected if tables.sources[one.source].file == staff.source.file}
    assert reasons == {"nothing in MHS202CareActivity refers to it"}


def test_a_row_nothing_refers_to_is_rejected_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    shutil.copytree(PRESETS / "mhsds_v6", folder)
    with (folder / "MHS206StaffActivity.csv").open("a", encoding="utf-8") as file:
        file.write("NOBODYS,CP001\r\n")
    tables = pipeline.understood([folder]).tables
    lost = [one for one in tables.rejected if not one.furniture]
    assert [one.reason for one in lost] == ["nothing in MHS202CareActivity refers to it"]


def test_a_selection_reads_the_tables_it_looks_up(tmp_path: Path) -> None:
    (alone,) = (r for r in audit(PRESETS / "mhsds_v6", "CAP05").results if r.code == "CAP05")
    assert counts(alone) == counts(audited("mhsds_v6")["CAP05"])


def test_files_of_two_months_make_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    shutil.copytree(PRESETS / "mhsds_v6", folder)
    whole = (folder / "MHS201CareContact.csv").read_text(encoding="utf-8").splitlines()
    write(folder / "MHS201CareContact_2026-09.csv", "\n".join(whole[:30]) + "\n")
    write(folder / "MHS201CareContact.csv", "\n".join([whole[0], *whole[30:]]) + "\n")
    assert pipeline.understood([folder]).tables.frames["cases"].height == made.PEOPLE


def test_the_mapping_file_goes_before_the_preset(tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    write(
        file,
        '[[source]]\nfile = "MHS101Referral.csv"\n[source.columns]\n"CareProfTeamLocalID" = "leave out"\n'
        '[source.constants]\n"cases.team" = "North"\n[[source]]\nfile = "MHS501*"\nleave_out = true\n',
    )
    tables = pipeline.understood([PRESETS / "mhsds_v6"], file).tables
    assert set(tables.frames["cases"]["team"]) == {"North"}
    assert "discharged_from_inpatient_on" not in tables.supplied["cases"]


def test_what_map_writes_reads_back_to_the_same_tables(tmp_path: Path) -> None:
    for name in NAMES:
        file = tmp_path / f"{name}.toml"
        write(file, mapping.propose(seen(name).plans))
        again = pipeline.understood([PRESETS / name], file).tables
        assert {t: f.equals(seen(name).tables.frames[t]) for t, f in again.frames.items()} == dict.fromkeys(
            seen(name).tables.frames, True
        )


# ASC-WDS


def test_asc_wds_training_expires_by_its_months_of_validity() -> None:
    training = seen("asc_wds").tables.frames["training"]
    safeguarding = training.filter(pl.col("course") == "safeguarding_adults")
    expiry = dict(safeguarding.select("worker_id", "expires_on").iter_rows())
    assert expiry["W001"] == dt.date(2025, 10, 31)
    assert expiry["W002"] == dt.date(2027, 10, 31)
    assert expiry["W004"] == dt.date(2026, 10, 30)  # as exported
    assert training.filter(pl.col("course") == "medication")["expires_on"].item() is None
    workers = made.WORKERS - 1
    overdue = 1 + made.EXPIRED + made.WITHOUT_SAFEGUARDING
    # Three clinicians need three courses, the others two; safeguarding is the only one anybody has.
    assert counts(audited("asc_wds")["CMP06"]) == (25, workers - overdue, 25 - workers + overdue, 0)


def test_asc_wds_roles_layers_and_employment() -> None:
    staff = seen("asc_wds").tables.frames["staff"]
    assert staff.height == made.WORKERS - 1
    by_id = {row["worker_id"]: row for row in staff.iter_rows(named=True)}
    assert (by_id["W003"]["role"], by_id["W003"]["layer"]) == ("Social worker", "clinical")
    assert by_id["W006"]["layer"] == "support"
    assert by_id["W001"]["layer"] == "management"
    assert {by_id["W005"]["employment"], by_id["W008"]["employment"]} == {"agency", "bank"}
    assert by_id["W001"]["started_on"] == dt.date(2022, 3, 1)
    assert "wte" not in seen("asc_wds").tables.supplied["staff"]


def test_a_job_role_that_is_not_listed_gives_no_layer(tmp_path: Path) -> None:
    head = "LOCALESTID,UNIQUEWORKERID,STATUS,STARTDATE,EMPLSTATUS,MAINJOBROLE"
    write(tmp_path / "worker.csv", f"{head}\nH1,W1,NEW,01/03/2022,1,99\n")
    staff = pipeline.understood([tmp_path]).tables.frames["staff"]
    assert (staff["role"].item(), staff["layer"].item()) == ("99", None)


@pytest.mark.parametrize(
    ("months", "completed", "expected"),
    [
        ("12", "01/03/2026", dt.date(2027, 2, 28)),
        ("1", "31/01/2026", dt.date(2026, 2, 27)),
        ("none", "01/03/2026", None),
        ("", "01/03/2026", None),
        ("12", "", None),
        ("0", "01/03/2026", None),
    ],
)
def test_an_expiry_is_made_only_of_a_day_and_months(
    tmp_path: Path, months: str, completed: str, expected: dt.date | None
) -> None:
    head = "LOCALESTID,UNIQUEWORKERID,CATEGORY,VALIDITY,DATECOMPLETED,EXPIRYDATE"
    write(tmp_path / "training.csv", f"{head}\nH1,W1,20,{months},{completed},\nH1,W2,20,,13/01/2026,14/01/2027\n")
    training = pipeline.understood([tmp_path]).tables.frames["training"]
    assert training["expires_on"].to_list() == [expected, dt.date(2027, 1, 14)]


# HMIS


def test_hmis_deleted_rows_are_not_counted() -> None:
    tables = seen("hmis_fy2026").tables
    assert tables.frames["cases"].height == made.ENROLMENTS - made.DELETED
    assert tables.frames["cases"]["closed_on"].drop_nulls().len() == made.EXITS
    deleted = [one for one in tables.rejected if "DateDeleted" in one.reason]
    assert {tables.sources[one.source].file for one in deleted} >= {"Enrollment.csv", "Exit.csv", "HealthAndDV.csv"}
    assert all(one.furniture for one in deleted)


def test_hmis_a_bed_night_is_no_contact_and_an_entry_no_review() -> None:
    frames = seen("hmis_fy2026").tables.frames
    left = made.ENROLMENTS - made.DELETED
    assert frames["contacts"].height == left + (made.ENROLMENTS // 5 - 1)
    assert set(frames["contacts"]["outcome"]) == {"attended"}
    assert frames["reviews"].height == made.ANNUAL
    assert set(frames["reviews"]["kind"]) == {"annual"}


def test_hmis_names_no_worker_and_says_so() -> None:
    results = audited("hmis_fy2026")
    assert results["CAP05"].status is Status.NOT_ASSESSABLE
    assert any("UserID is who wrote the record" in note for note in seen("hmis_fy2026").tables.notes)
    assert counts(results["CON03"])[1:3] == (counts(results["CON03"])[0] - made.RECORDED_LATE, made.RECORDED_LATE)


# What is not a published format


def test_a_file_with_some_of_the_headings_is_read_like_any_other(tmp_path: Path) -> None:
    write(tmp_path / "Enrollment.csv", "EnrollmentID,PersonalID,ProjectID,EntryDate\nE1,P1,R1,2026-01-13\n")
    (plan,) = pipeline.plan([tmp_path])[0]
    assert plan.format is None


def test_the_headings_of_one_table_under_the_name_of_another_are_not_taken_for_it(tmp_path: Path) -> None:
    shutil.copy(PRESETS / "mhsds_v6" / "MHS101Referral.csv", tmp_path / "Our referrals.csv")
    (plan,) = pipeline.plan([tmp_path])[0]
    assert plan.format is None
