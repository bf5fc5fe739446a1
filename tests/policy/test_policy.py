"""The policy: shipped values, a user's file laid over them, and what the report is told of each."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path

import polars as pl
import pytest

from caseaudit import vocabulary
from caseaudit.errors import UsageProblem
from caseaudit.folders import CHECKS, POLICY
from caseaudit.model import Limit
from caseaudit.policy import Policy, load
from caseaudit.policy.teams import BY_ROLE, BY_TEAM

DAY = dt.date(2026, 10, 31)
CRISIS = """
[bands.crisis]
rank = 5
review_days = 7
contact_days = 1
risk_check_days = 1
points = 9
high_acuity = true
competencies = ["risk_formulation"]
"""


@pytest.fixture
def policy_of(tmp_path: Path):
    def of(text: str, day: dt.date = DAY) -> Policy:
        path = tmp_path / "ours.toml"
        path.write_text(text, encoding="utf-8")
        return load(day, path)

    return of


def limit(policy: Policy, name: str) -> Limit:
    return next(found for found in policy.in_force() if found.name == name)


# --- The shipped values ---------------------------------------------------------------------------------------------


def test_shipped_values_are_read_by_name_at_any_depth() -> None:
    policy = load(DAY)
    assert policy.lookback_days == 91
    assert policy.supervision.standard.fail == 61
    assert policy.bands["very_high"].review_days == 28
    assert policy.bands.low.competencies == ["safeguarding"]
    assert list(policy.bands) == ["very_high", "high", "moderate", "low"]


def test_a_value_that_does_not_exist_is_named_in_full() -> None:
    with pytest.raises(AttributeError, match=r"supervision\.pear"):
        _ = load(DAY).supervision.pear


def test_every_shipped_value_says_on_what_it_rests() -> None:
    for found in load(DAY).in_force():
        assert found.basis in {"law", "regulator", "contract", "nice", "guidance", "policy", "house"}, found.name
        assert found.source.strip(), found.name
        assert found.lax in {None, "more", "less"}, found.name
        assert found.value == found.default
        assert not found.changed
        assert not found.laxer


def test_every_shipped_number_that_limits_something_says_which_way_is_laxer() -> None:
    order_or_unit = {"first_contact.urgent.days", "first_contact.routine.working_days"}
    for found in load(DAY).in_force():
        if isinstance(found.value, int | float) and not isinstance(found.value, bool):
            assert found.lax or found.name in order_or_unit or found.name.endswith(".rank"), found.name


def test_the_shipped_file_has_no_stray_part() -> None:
    def parts(node: dict) -> set[str]:
        if "value" in node:
            return set(node)
        return set().union(*(parts(child) for child in node.values())) if node else set()

    assert parts(tomllib.loads(POLICY.read_text(encoding="utf-8"))) == {"value", "basis", "source", "lax"}


# --- A user's file --------------------------------------------------------------------------------------------------


def test_only_what_the_user_names_is_changed_and_it_is_said(policy_of) -> None:
    policy = policy_of("max_points_per_wte = 50\n[bands.high]\nreview_days = 56")
    assert policy.max_points_per_wte == 50
    assert policy.bands.high.review_days == 56
    assert policy.bands.high.contact_days == 14
    changed = [found.name for found in policy.in_force() if found.changed]
    assert changed == ["max_points_per_wte", "bands.high.review_days"]
    found = limit(policy, "bands.high.review_days")
    assert (found.value, found.default, found.basis, found.source) == (56, 84, "policy", "set in ours.toml")


def test_the_user_may_say_on_what_their_value_rests(policy_of) -> None:
    text = 'max_supervisees = { value = 8, basis = "contract", source = "service specification 4.2" }'
    found = limit(policy_of(text), "max_supervisees")
    assert (found.value, found.basis, found.source) == (8, "contract", "service specification 4.2")


def test_the_shipped_value_repeated_is_no_change(policy_of) -> None:
    assert not limit(policy_of("lookback_days = 91"), "lookback_days").changed


@pytest.mark.parametrize(
    ("text", "laxer"),
    [
        ("[bands.high]\nreview_days = 85", True),
        ("[bands.high]\nreview_days = 84", False),
        ("[bands.high]\nreview_days = 83", False),
        ("[bands.high]\ncontact_days = 99", False),  # a house default: nobody outside has set it
        ("discharge_follow_up_target = 0.79", True),
        ("discharge_follow_up_target = 0.81", False),
    ],
)
def test_laxer_than_a_cited_standard_is_flagged(policy_of, text: str, laxer: bool) -> None:
    assert any(found.laxer for found in policy_of(text).in_force()) is laxer


def test_laxer_is_measured_against_the_cited_standard_even_in_an_override(policy_of) -> None:
    policy = policy_of("first_review_days = 50\n[[override]]\nfirst_review_days = 60")
    assert limit(policy, "first_review_days").laxer
    own_basis = 'first_review_days = { value = 60, basis = "law", source = "we say so" }'
    assert limit(policy_of(own_basis), "first_review_days").laxer


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("max_point_per_wte = 50", "max_points_per_wte"),
        ("[supervision]\npeers = 31", "supervision.peer"),
        ("[bands.high]\nreview_day = 56", "bands.high.review_days"),
        ("[supervision]\nwarn = 40", "supervision.standard.warn"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(policy_of, text: str, hint: str) -> None:
    with pytest.raises(UsageProblem, match=f"Did you mean '{hint}'"):
        policy_of(text)


def test_a_key_like_no_other_is_refused_with_the_way_to_the_list(policy_of) -> None:
    with pytest.raises(UsageProblem, match="policy show"):
        policy_of("zzzz = 1")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('lookback_days = "91"', "a whole number"),
        ("lookback_days = 91.5", "a whole number"),
        ("lookback_days = -1", "a whole number, 0 or more"),
        ("lookback_days = true", "a whole number"),
        ("max_routine_share = -0.1", "a number, 0 or more"),
        ('max_routine_share = "half"', "a number"),
        ("[bands.high]\nhigh_acuity = 1", "true or false"),
        ('accepted_methods = "case_based"', "a list of words"),
        ("accepted_methods = [1]", "a list of words"),
        ("holiday_country = 44", "a word in quotes"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(policy_of, text: str, wanted: str) -> None:
    with pytest.raises(UsageProblem, match=wanted):
        policy_of(text)


def test_a_share_may_be_written_as_a_whole_number(policy_of) -> None:
    assert policy_of("discharge_follow_up_target = 1").discharge_follow_up_target == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('lookback_days = { value = 91, bases = "law" }', "unknown part 'bases'"),
        ('lookback_days = { value = 91, basis = "hearsay" }', "the basis of 'lookback_days'"),
        ("lookback_days 91", "not valid TOML"),
    ],
)
def test_other_slips_of_the_pen_are_refused_in_words(policy_of, text: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        policy_of(text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"no policy file gone\.toml"):
        load(DAY, tmp_path / "gone.toml")


# --- New entries ----------------------------------------------------------------------------------------------------


def test_a_band_may_be_added_whole(policy_of) -> None:
    assert policy_of(CRISIS).bands.crisis.points == 9


@pytest.mark.parametrize("lacking", ["rank", "review_days", "risk_check_days", "points", "high_acuity", "competencies"])
def test_a_band_that_lacks_a_value_is_refused(policy_of, lacking: str) -> None:
    text = "\n".join(line for line in CRISIS.splitlines() if not line.startswith(lacking))
    with pytest.raises(UsageProblem, match=rf"\[bands\.crisis\] lacks {lacking}"):
        policy_of(text)


def test_a_misspelt_band_is_not_taken_for_a_new_one(policy_of) -> None:
    with pytest.raises(UsageProblem, match=r"Did you mean \[bands\.high\]\?"):
        policy_of("[bands.hihg]\nreview_days = 56")


def test_a_band_with_a_value_no_band_has_or_of_another_kind_is_refused(policy_of) -> None:
    with pytest.raises(UsageProblem, match="colour"):
        policy_of(CRISIS + 'colour = "red"')
    with pytest.raises(UsageProblem, match="a number, 0 or more"):
        policy_of(CRISIS.replace("points = 9", 'points = "nine"'))


def test_a_signal_a_need_and_an_own_value_may_be_added(policy_of) -> None:
    policy = policy_of('[signal_contact_days]\nself_neglect = 2\n[needs]\ndebt = "money_advice"\n[own]\nmax_days = 3')
    assert policy.signal_contact_days.self_neglect == 2
    assert policy.needs["debt"] == "money_advice"
    assert policy.own.max_days == 3


# --- Overrides ------------------------------------------------------------------------------------------------------

OVERRIDE = """
[[override]]
team = "Early Intervention"
effective_from = 2026-04-01
effective_until = 2026-10-31
max_points_per_wte = 40
"""


def by_team(policy: Policy) -> list[int | None]:
    frame = pl.DataFrame({"team": ["Early Intervention", "North", None]}, schema={"team": pl.String})
    return frame.select(limit=policy.limit("max_points_per_wte")).get_column("limit").to_list()


def test_a_team_has_its_own_value_and_all_others_the_common_one(policy_of) -> None:
    policy = policy_of("max_points_per_wte = 55" + OVERRIDE)
    assert by_team(policy) == [40, 55, 55]
    found = limit(policy, "max_points_per_wte (Early Intervention)")
    assert (found.value, found.default, found.changed) == (40, 60, True)


@pytest.mark.parametrize(
    ("day", "value"), [("2026-03-31", 60), ("2026-04-01", 40), ("2026-10-31", 40), ("2026-11-01", 60)]
)
def test_an_override_holds_from_its_first_day_to_its_last(policy_of, day: str, value: int) -> None:
    assert by_team(policy_of(OVERRIDE, dt.date.fromisoformat(day)))[0] == value


def test_an_override_without_a_team_holds_for_everybody(policy_of) -> None:
    policy = policy_of(OVERRIDE.replace('team = "Early Intervention"', ""))
    assert policy.max_points_per_wte == 40
    assert set(by_team(policy)) == {40}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OVERRIDE.replace("2026-04-01", '"2026-04-01"'), "must be a date"),
        (OVERRIDE.replace("max_points_per_wte", "max_point_per_wte"), "Did you mean"),
        ('[[override]]\nteam = "North"\n[override.bands.high]\nreview_days = 56', "cannot be set for a single team"),
        ('[[override]]\nteam = "North"\naccepted_methods = ["case_based"]', "cannot be set for a single team"),
        ('[[override]]\nteam = "North"\nlookback_days = 28', "cannot be set for a single team"),
    ],
)
def test_an_override_with_a_slip_is_refused(policy_of, text: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        policy_of(text)


def test_the_values_that_may_be_set_by_team_are_those_the_checks_read_by_team() -> None:
    sources = [*CHECKS.glob("*.py"), *Path(vocabulary.__file__).parent.glob("*.py")]
    read = {
        name
        for path in sources
        for name in re.findall(r'policy\.limit\(\s*"([a-z_0-9.]+)"', path.read_text(encoding="utf-8"))
    }
    assert read == BY_TEAM


def test_the_values_that_may_be_set_by_role_are_some_of_those_by_team() -> None:
    assert BY_ROLE < BY_TEAM


# --- By role --------------------------------------------------------------------------------------------------------

NEAREST = """
max_points_per_wte = 55
[[override]]
team = "North"
role = "Care  manager"
max_points_per_wte = 30
[[override]]
role = "care manager"
max_points_per_wte = 37.5
[[override]]
team = "North"
max_points_per_wte = 45
"""


def test_the_nearest_counts_role_in_team_then_role_then_team_then_all(policy_of) -> None:
    people = [("North", "Care Manager"), ("South", " care manager "), ("North", "Nurse"), ("South", "Nurse")]
    frame = pl.DataFrame([*people, (None, None)], schema={"team": pl.String, "role": pl.String}, orient="row")
    found = frame.select(limit=policy_of(NEAREST).limit("max_points_per_wte"))["limit"].to_list()
    assert found == [30, 37.5, 45, 55, 55]


def test_an_override_by_role_is_told_with_its_way(policy_of) -> None:
    policy = policy_of(NEAREST + "[[override]]\nrole = 'Nurse'\nsupervision.standard.warn = 50")
    told = {found.name: (found.value, found.default, found.against_shipped) for found in policy.in_force()}
    assert told["max_points_per_wte (North, role Care  manager)"] == (30, 60, "stricter")
    assert told["max_points_per_wte (role care manager)"] == (37.5, 60, "stricter")
    assert told["supervision.standard.warn (role Nurse)"] == (50, 42, "laxer")
    assert limit(policy, "supervision.standard.warn (role Nurse)").laxer  # NHS practice is cited for it
    assert policy.supervision.standard.warn == 42


def test_a_team_or_role_nobody_has_is_said(policy_of) -> None:
    policy = policy_of(NEAREST + OVERRIDE)
    assert policy.for_nobody({"North", "Early Intervention"}, {"CARE MANAGER"}) == ()
    said = policy.for_nobody({"North"}, {"Nurse"})
    assert len(said) == 3
    assert "team Early Intervention" in said[0]
    assert "role Care  manager" in said[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("role = 'Nurse'\nlookback_days = 28", "cannot be set for a single role; set it for all"),
        ("role = 'Nurse'\ntriage_days = 2", "cannot be set for a single role; set it for a team or for all"),
        ("role = 5\nmax_supervisees = 2", "'role' must be a name in quotes"),
        ("role = ' '\nmax_supervisees = 2", "'role' must be a name in quotes"),
    ],
)
def test_a_role_with_a_slip_is_refused(policy_of, text: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said):
        policy_of(f"[[override]]\n{text}")


def test_loads_may_be_weighed_in_halves(policy_of) -> None:
    policy = policy_of("max_points_per_wte = 47.5\nmax_high_acuity_per_wte = 9.5\n[bands.high]\npoints = 2.5")
    assert (policy.max_points_per_wte, policy.max_high_acuity_per_wte, policy.bands.high.points) == (47.5, 9.5, 2.5)
    with pytest.raises(UsageProblem, match="a whole number"):
        policy_of("max_supervisees = 9.5")


def test_a_slip_is_refused_even_in_an_override_that_is_not_in_force(policy_of) -> None:
    with pytest.raises(UsageProblem, match="Did you mean"):
        policy_of(OVERRIDE.replace("max_points_per_wte", "max_point_per_wte"), dt.date(2020, 1, 1))
