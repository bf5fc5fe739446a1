"""A report is made of whatever there is, also of nothing."""

import datetime as dt
import re

import pytest

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.reporting import documents
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
