"""Plants in the exports as such: doubled rows, orphans, impossible dates, unknown codes, rows past use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .model import AS_AT, Review
from .people import days
from .planting import Planter, first


def plant_exports(p: Planter) -> None:
    data = p.provider
    old = AS_AT - days(200)
    doubled = p.case("low", oldest=200)
    data.doubles.append(("cases", doubled))
    data.doubles.append(("contacts", first(data.contacts, lambda c: c.contact_on < old)))
    task = first(data.tasks, lambda t: t.completed_on is not None and t.completed_on < old)
    data.doubles.append(("tasks", task))
    for table, record in data.doubles:
        p.log("DQ01", table, "the same row twice", "breach", record)
    for day in (date(2026, 3, 12), date(2026, 4, 22)):
        case_id = f"CM9{day:%m%d}1"
        data.reviews.append(Review(case_id, day, "Routine", p.clinician(None), "Continue plan"))
        p.log("DQ02", f"reviews | {case_id} | {day}", "case_id not in the caseload", "breach")
    odd = first(data.contacts, lambda c: c.contact_on < old and c.outcome == "cancelled_by_client")
    odd.outcome = "seen_by_gp"
    p.log("DQ04", "contacts.outcome", "unknown outcome", "breach", odd)
    worker = data.staff[-2]
    worker.employment = "secondee"
    p.log("DQ04", "staff.employment", "unknown contract", "breach", worker)
    p.log("DQ06", "training", "last exported in September", "breach")
    closed = first(data.cases, lambda c: c.closed_on is not None and c.closed_on < AS_AT - days(300))
    seen = first(data.contacts, lambda c: c.contact_on < old)
    data.contacts.append(replace(seen, case_id="CM999991", contact_on=seen.contact_on + days(7)))
    p.log("DQ02", "contacts", "case_id not in the caseload", "breach", data.contacts[-1])
    if closed.closed_on:
        closed.closed_on = closed.opened_on - days(30)
    p.log("DQ03", f"cases | {closed.case_id}", "closed before it was opened", "breach")
    gone = next(w for w in data.staff if w.left_on and w.left_on < AS_AT - days(40) and w.started_on)
    gone.started_on = (gone.left_on or AS_AT) + days(30)
    p.log("DQ03", f"staff | {gone.worker_id}", "left before starting", "breach")
    ended = first(data.allocations, lambda a: a.ended_on is not None and a.ended_on < old)
    ended.ended_on = ended.allocated_on - days(2)
    subject = f"allocations | {ended.case_id} | {ended.worker_id} | {ended.allocated_on}"
    p.log("DQ03", subject, "ended before it began", "breach")
    late = first(data.contacts, lambda c: AS_AT - days(300) < c.contact_on < old and c.outcome == "attended")
    late.recorded_on = None
    data.unreadable.append((late, "Recorded", "35-Apr-2026", "day of recording does not exist"))
    data.spoilt += [
        ("cases", {"Case Ref": None, "Client No": "P59001", "NHS Number": None}, "no case reference"),
        ("cases", {"Case Ref": "CM998001", "Referral Opened": "awaiting letter"}, "opening date unreadable"),
        ("reviews", {"Case ID": "CM100140", "Review date": "31/02/2026"}, "review date does not exist"),
        ("reviews", {"Case ID": None}, "no case reference"),
        ("contacts", {"Contact ID": "CT9900001", "Contact date": "35-Apr-2026"}, "contact date does not exist"),
        ("contacts", {"Contact ID": "CT9900002", "Case Ref": None}, "no case reference"),
        ("supervision", {"Session ID": "SV990001", "Supv'n date": "tbc after leave"}, "session date unreadable"),
        ("tasks", {"Task ID": "TK990001", "Task type": None}, "no kind of task"),
        ("competencies", {"Signed off on": "pending"}, "sign-off date unreadable"),
        ("escalations", {"Escalation ID": "EX990001", "Raised": None}, "no date raised"),
    ]
