"""Services drawn for the tests of what is published, and their publication."""

import datetime as dt

from caseaudit.catalogue import load_catalogue
from caseaudit.disclosure import publish
from caseaudit.model import Audit
from caseaudit.policy import load
from caseaudit.running import run
from caseaudit.testing import drawn_tables

D = dt.date(2026, 10, 31)


def published(drawing, codes, audience="commissioner", profile="commissioner"):
    """What an audience may know of checks over tables drawn line by line."""
    policy = load(D)
    results = run(load_catalogue().choose(codes), drawn_tables("\n".join(drawing)), policy, D)
    return publish(Audit(D, "", results, policy.in_force(), (), ()), audience, profile, bytes(32))


def caseloads(high, nobodys=0):
    """One worker for each number of high-acuity cases, one case of low acuity each, and high-acuity cases of nobody."""
    staff = ["staff  worker_id | team | wte | layer | role | started_on"]
    cases = ["cases  case_id | team | worker_id | opened_on | acuity_band | escalation_route"]
    for worker, number in enumerate(high):
        staff.append(f"W{worker:02d} | North | 1.0 | support | Care manager | 2023-01-09")
        cases.append(f"L{worker} | North | W{worker:02d} | 2025-01-06 | low | duty")
        cases += [f"H{worker}-{n} | North | W{worker:02d} | 2025-01-06 | high | duty" for n in range(number)]
    cases += [f"N{n} | North |  | 2025-01-06 | high | duty" for n in range(nobodys)]
    return [*staff, *cases]
