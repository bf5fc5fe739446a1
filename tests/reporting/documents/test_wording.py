import datetime as dt

import pytest

from caseaudit.model import Limit
from caseaudit.publication import Figure, count, percent
from caseaudit.reporting.documents import wording

SMALL, HELD = Figure("<5", hidden=True), Figure("not shown", hidden=True)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (96, 113, "85 %"),
        (1, 2, "50 %"),
        (1, 200, "1 %"),  # half a percent is rounded up
        (1, 201, "less than 1 %"),
        (0, 7, "0 %"),
        (7, 7, "100 %"),
        (199, 200, "more than 99 %"),
        (198, 200, "99 %"),
        (896, 900, "more than 99 %"),
        (985, 1000, "99 %"),
    ],
)
def test_percentages_are_whole_and_never_say_all_or_none_of_less(part, whole, text):
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("number", "subject", "text"),
    [
        (count(1), "worker", "1 worker"),
        (count(2), "worker", "2 workers"),
        (count(1204), "case", "1,204 cases"),
        (count(0), "case", "none cases"),
        (SMALL, "case", "fewer than 5 cases"),
        (count(2), "case and worker", "2 pairs of case and worker"),
        (count(1), "team and week", "1 week of a team"),
        (count(3), "worker or team", "3 workers or teams"),
        (count(2), "competency", "2 competencies"),
        (count(2), "day", "2 days"),
    ],
)
def test_counts_have_their_noun(number, subject, text):
    assert wording.counted(number, subject) == text


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("14 fell short", "14 fell short"),
        ("9 fell short", "Nine fell short"),
        ("1 worker", "One worker"),
        ("none of them", "None of them"),
        ("fewer than 5", "Fewer than 5"),
        ("3.5 points", "3.5 points"),
    ],
)
def test_a_sentence_begins_with_a_word_up_to_nine(text, begun):
    assert wording.begin(text) == begun


@pytest.mark.parametrize(
    ("date", "text", "table"),
    [
        (dt.date(2026, 10, 31), "31 October 2026", "31 Oct 2026"),
        (dt.date(2026, 5, 1), "1 May 2026", "1 May 2026"),
    ],
)
def test_dates(date, text, table):
    assert (wording.day(date), wording.short_day(date)) == (text, table)


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(words, text):
    assert wording.listed(words) == text


@pytest.mark.parametrize(
    ("shown", "of", "text"),
    [(50, 1204, "Showing 50 of 1,204; all in findings.xlsx."), (7, 7, "")],
)
def test_a_cut_list_says_so(shown, of, text):
    assert wording.showing(shown, of, "findings.xlsx") == text


@pytest.mark.parametrize(
    ("name", "value", "basis", "text"),
    [
        ("first_review_days", 56, "guidance", "first review 56 days (guidance)"),
        ("exception_review_days", 1, "house", "exception review 1 day (house default)"),
        ("supervision.standard.warn", 42, "guidance", "supervision, standard: warn 42 days (guidance)"),
        ("planned_contact_target", 0.85, "house", "planned contact target 85 % (house default)"),
        ("max_concentration_ratio", 2.0, "house", "max concentration ratio 2 (house default)"),
        ("max_routine_share", 0.125, "policy", "max routine share 12.5 % (your policy)"),
        ("bands.high.high_acuity", True, "house", "bands, high: high acuity yes (house default)"),
        ("required", ["a_b", "c"], "house", "required a b and c (house default)"),
    ],
)
def test_a_limit_is_named_with_its_source(name, value, basis, text):
    assert wording.limit_phrase(Limit(name, value, value, basis, "")) == text


@pytest.mark.parametrize(
    ("text", "lowered"),
    [("No export holds contacts.", "no export holds contacts."), ("WTE is blank", "WTE is blank"), ("", "")],
)
def test_a_sentence_goes_on_in_lower_case_but_not_with_an_abbreviation(text, lowered):
    assert wording.lower_first(text) == lowered


@pytest.mark.parametrize(
    ("met", "of", "said"),
    [
        (0, 48, "None of the 48 checks made is met"),
        (1, 48, "One of 48 checks made is met"),
        (3, 48, "Three of 48 checks made are met"),
        (12, 1_204, "12 of 1,204 checks made are met"),
        (48, 48, "All 48 checks made are met"),
        (1, 1, "The one check made is met"),
        (0, 1, "The one check made is not met"),
    ],
)
def test_how_many_are_met_is_said_as_one_says_it(met, of, said):
    assert wording.met_phrase(met, of, "check", "made") == said


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("W1041 | 2026-09-18", "W1041, 18 Sep 2026"),
        ("C1 | W1 | blank", "C1, W1"),
        ("blank | W1", "blank, W1"),
        ("C1 | bmi", "C1, BMI"),
        ("W1 | medicines_awareness", "W1, medicines awareness"),
        ("case_one", "case_one"),
        ("C-2026-09", "C-2026-09"),
        ("2026-13-45", "2026-13-45"),
    ],
)
def test_the_parts_of_a_subject_are_read_as_words_and_days(subject, said):
    assert wording.member(subject) == said


def test_commands_in_a_checks_words_lose_the_marks_of_the_screen():
    assert wording.quoted("Draw a sample (`caseaudit sample`), and audit it.") == "Draw a sample, and audit it."
    assert wording.quoted("Mend `it` (soon).") == "Mend it (soon)."
