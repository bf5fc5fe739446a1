"""A report is made of whatever there is, also of nothing."""

import datetime as dt
import re

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.reporting import documents
from caseaudit.reporting.documents import trust, wording
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)


def audit_of(drawing, *codes):
    policy = load(D)
    results = run(load_catalogue().choose(codes), drawn_tables(drawing), policy, D) if codes else ()
    return Audit(D, "", results, policy.in_force(), (), ())


@pytest.mark.parametrize("audience", ["internal", "commissioner"])
@pytest.mark.parametrize("kind", documents.KINDS)
@pytest.mark.parametrize(
    ("drawing", "codes"),
    [
        ("", ()),  # no check at all
        ("cases  case_id | opened_on | acuity_band", ("REV01", "ACU02")),  # nobody in any population
        ("staff  worker_id | role\n W1 | Nurse", ("REV01",)),  # nothing assessable
        ("cases  case_id | opened_on | acuity_band\n C1 | 2026-10-01 | high", ("ACU02",)),  # one case, met
        ("cases  case_id | opened_on | acuity_band\n C1 | 2026-10-01 | ", ("ACU02",)),  # one case, not evidenced
    ],
)
def test_it_is_made(drawing, codes, kind, audience):
    if kind in documents.INWARD and audience != "internal":
        return
    publication = publish(audit_of(drawing, *codes), audience)
    html = documents.render(publication, kind, ("html",))[0].content.decode()
    assert "31 October 2026" in html
    assert not re.search(r"\b(None looked|nan)\b|>None<|Figure\(", html)


def test_a_board_told_of_nothing_unmet_is_told_how_much_was_tested():
    drawing = "cases  case_id | opened_on | acuity_band\n C1 | 2026-10-01 | high"
    publication = publish(audit_of(drawing, "ACU02", "SUP01"), "internal")
    text = documents.render(publication, "board", ("html",))[0].content.decode()
    points = text[text.index("Main points") : text.index("The questions and their verdicts")]
    assert "The one standard tested is met." in points
    assert "One check could not be made: supervision gap (SUP01)." in points


def test_a_question_without_figures_says_why():
    drawing = "cases  case_id | opened_on | acuity_band"
    publication = publish(audit_of(drawing, "REV01", "ACU02"), "internal")
    text = documents.render(publication, "assurance", ("html",))[0].content.decode()
    asked = text[text.index('id="question-3"') : text.index('id="question-4"')]
    said = re.search(r"<p>(There are no figures: [^<]*)</p>", asked).group(1)
    assert re.fullmatch(
        r"There are no figures: 1 check could not be made, 1 check found nobody and nothing to look at and \d+ checks "
        r"were no part of this run\.",
        said,
    )


def test_on_paper_checks_stand_by_what_they_lack_what_most_lack_first():
    drawing = "staff  worker_id | role | left_on\n W1 | Nurse |"
    publication = publish(audit_of(drawing, "SUP01", "REV01", "REV02", "REV03"), "internal")
    (whole,) = trust.trust(publication)["grids"]
    (brief,) = trust.trust(publication, 7)["grids"]
    assert len(whole.rows) == 4
    assert sum(row[1].count("(") for row in brief.rows) == 4
    counts = [row[1].count("(") for row in brief.rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1


def test_reasons_are_told_without_the_programs_own_names():
    assert wording.reason("No export of staff has a column for 'Left on' (staff.left_on).") == (
        "No export of staff has a column for 'Left on'."
    )
    assert wording.reason("No export holds bands (one row per change of acuity band).").endswith("acuity band).")
    assert not wording.reason(None)
