"""Plants for capacity exceptions, posts, referrals, incidents and governance."""

from __future__ import annotations

from datetime import date, timedelta

from .model import AS_AT, Case
from .oversight import Act, CapacityException, Incident, Post, Referral, Risk
from .people import days
from .planting import Planter, first
from .standard import HIGH_ACUITY, POINTS


def plant_service(p: Planter) -> None:
    _exceptions(p)
    _posts(p)
    _referrals(p)
    _incidents(p)
    _governance(p)
    _unplanned(p)
    _growing(p)


def _exception(p: Planter, team: int, worker_id: str | None, back: int, **more: object) -> CapacityException:
    """One opened so many days ago, reviewed on the third day by the manager, standing open, nothing left out."""
    name = p.provider.teams[team]
    opened = AS_AT - days(back)
    made = CapacityException(
        name, worker_id, opened, None, "High-acuity cases per WTE", "Two cases shared; no new high-acuity case",
        "Reallocate by the end of the month", opened + days(3), p.roster.teams[name].managers[0].worker_id,
        "Mitigations accepted",
    )  # fmt: skip
    for field, value in more.items():
        setattr(made, field, value)
    p.provider.capacity_exceptions.append(made)
    return made


def _exceptions(p: Planter) -> None:
    def over(worker_id: str) -> bool:
        cases = p.roster.open_cases.get(worker_id, [])
        wte = p.roster.worker[worker_id].wte or 9
        return sum(POINTS.get(c.acuity_band or "", 0) for c in cases) / wte > 60 or _high(cases) / wte > 12

    lead = p.roster.teams[p.provider.teams[0]]
    nurse = max(lead.clinicians, key=lambda w: p.roster.high_acuity(w.worker_id))
    _exception(p, 0, nurse.worker_id, 25)
    p.log("CAP02", f"{nurse.team} | {nurse.worker_id}", "exception for the worker stands open", "met")
    strained = [w.worker_id for w in p.roster.teams[p.provider.teams[1]].everyone if over(w.worker_id)]
    _exception(p, 1, strained[0], 40)
    p.log("CAP02", f"{p.provider.teams[1]} | {strained[0]}", "exception for the worker stands open", "met")
    _exception(p, 1, strained[1], 60, closed_on=AS_AT)
    p.log("CAP02", f"{p.provider.teams[1]} | {strained[1]}", "exception closed on the day itself", "breach")
    p.log("CAP02", f"{p.provider.teams[1]} | blank", "team over its limit, no exception for the team", "breach")
    for closed, outcome in ((90, "met"), (91, "outside")):
        made = _exception(p, 2, None, 130, closed_on=AS_AT - days(closed))
        p.log("CAP03", "capacity_exceptions", f"ended {closed} days ago", outcome, made)
    made = _exception(p, 3, None, 45, recovery_plan=None)
    p.log("CAP03", "capacity_exceptions", "no recovery plan", "not_evidenced", made)
    for wait, outcome in ((7, "met"), (8, "breach")):
        made = _exception(p, 4, None, 30, reviewed_on=AS_AT - days(30 - wait), closed_on=AS_AT - days(15))
        p.log("CAP04", "capacity_exceptions", f"reviewed after {wait} days, 7 allowed", outcome, made)
    for back, outcome in ((7, "not_evidenced"), (6, "outside")):
        made = _exception(p, 4, None, back, reviewed_on=None, reviewed_by=None, decision=None)
        p.log("CAP04", "capacity_exceptions", f"opened {back} days ago, not reviewed", outcome, made)


def _high(cases: list[Case]) -> int:
    return sum(c.acuity_band in HIGH_ACUITY for c in cases)


def _post(p: Planter, team: int, role: str) -> list[Post]:
    """The posts of a team and role, latest month last."""
    name = p.provider.teams[team]
    return sorted((x for x in p.provider.establishment if x.team == name and x.role == role), key=lambda x: x.month)


def _posts(p: Planter) -> None:
    plants: tuple[tuple[int, str, float, float, int | None, str, str], ...] = (
        (0, "Social worker", 1.0, 0.9, 91, "a tenth vacant for 91 days", "met"),
        (2, "Social worker", 1.0, 0.9, 92, "a tenth vacant for 92 days", "breach"),
        (3, "Care coordinator", 3.0, 2.8, None, "a fifteenth vacant, since when is not recorded", "not_evidenced"),
    )
    for team, role, funded, in_post, since, what, outcome in plants:
        post = _post(p, team, role)[-1]
        post.funded_wte, post.in_post_wte = funded, in_post
        post.vacant_since = None if since is None else AS_AT - days(since)
        p.log("WFS01", f"{post.team} | {role}", what, outcome)
    post = _post(p, 3, "Recovery worker")[4]
    post.agency_wte = None
    p.log("WFS02", f"{post.team} | {post.month}", "agency WTE of one role blank", "not_evidenced")
    post = _post(p, 2, "Care coordinator")[6]
    post.leavers = None
    p.log("WFS03", post.team, "leavers of one month blank", "not_evidenced")
    nurse = first(p.provider.staff, lambda w: w.team == p.provider.teams[4] and "psychiatric nurse" in w.role)
    nurse.wte = None
    p.log("WFS04", nurse.team, "a nurse's WTE blank, short without it", "not_evidenced")


def _referrals(p: Planter) -> None:
    friday = date(2026, 8, 28)  # the Monday after is a bank holiday
    plants: tuple[tuple[date, str | None, int | None, str, str], ...] = (
        (friday, "urgent", 4, "urgent, seen on the Tuesday after the bank holiday", "met"),
        (friday, "urgent", 5, "urgent, seen on the Wednesday after the bank holiday", "breach"),
        (date(2026, 7, 1), "routine", 28, "routine, seen on day 28", "met"),
        (date(2026, 7, 1), "routine", 29, "routine, seen on day 29", "breach"),
        (date(2026, 7, 1), "routine", None, "routine, no first contact recorded", "not_evidenced"),
        (date(2026, 7, 1), None, 10, "no priority", "not_evidenced"),
        (AS_AT - timedelta(28), "routine", None, "routine, time runs out on the day itself", "outside"),
    )
    for received, priority, wait, what, outcome in plants:
        seen = None if wait is None else received + days(wait)
        made = Referral(None, p.provider.teams[3], received, priority, received + days(1), received + days(2), seen)
        p.provider.referrals.append(made)
        p.log("DEM01", "referrals", what, outcome, made)
    for wait, outcome in ((3, "met"), (4, "breach"), (None, "not_evidenced")):
        received = date(2026, 6, 3)
        triaged = None if wait is None else received + days(wait)
        made = Referral(None, p.provider.teams[2], received, "routine", triaged, received + days(6), received + days(9))
        p.provider.referrals.append(made)
        what = "no triage recorded" if wait is None else f"triaged after {wait} days, 3 allowed"
        p.log("DEM03", "referrals", what, outcome, made)


def _incidents(p: Planter) -> None:
    strained = p.provider.teams[1]
    for day in (3, 8, 14, 15, 21):
        on = date(2026, 10, day)
        made = Incident(None, None, strained, on, "Missed visit", "low_harm", "staffing_gap", None, on + days(3))
        p.provider.incidents.append(made)
    p.log("INC01", strained, "six incidents owed to staffing in October, one a month at most before", "breach")
    unsaid = p.provider.teams[2]
    for day in (2, 7, 13, 19, 26):
        on = date(2026, 10, day)
        made = Incident(None, None, unsaid, on, "Missed visit", "no_harm", None, None, on + days(4))
        p.provider.incidents.append(made)
    p.log("INC01", unsaid, "five incidents in October, none of them with a factor", "not_evidenced")
    for wait, outcome in ((28, "met"), (29, "breach"), (None, "not_evidenced")):
        on = AS_AT - days(80)
        reviewed = None if wait is None else on + days(wait)
        made = Incident(None, None, p.provider.teams[2], on, "Medication error", "no_harm", None, None, reviewed)
        p.provider.incidents.append(made)
        what = "no learning review recorded" if wait is None else f"reviewed after {wait} days, 28 allowed"
        p.log("INC02", "incidents", what, outcome, made)
    coordinator = p.roster.teams[p.provider.teams[3]].support[0].worker_id
    on = AS_AT - days(110)
    for again, who, outcome in ((80, coordinator, "met"), (None, None, "not_evidenced")):
        made = Incident(
            None, who, p.provider.teams[3], on, "Missed visit", "low_harm", None, "medicines_awareness", on + days(10)
        )
        p.provider.incidents.append(made)
        if again:
            p.sign_off(coordinator, "medicines_awareness", AS_AT - days(again))
        what = "names a competency, reassessed since" if who else "names a competency and no worker"
        p.log("INC02", "incidents", what, outcome, made)


def _unplanned(p: Planter) -> None:
    """The small team's record has lost the mark of a planned contact since the first days of August."""
    small = p.provider.teams[4]
    cases = {case.case_id for case in p.provider.cases if case.team == small}
    unsaid = [c for c in p.provider.contacts if c.case_id in cases and c.contact_on > date(2026, 8, 5)]
    for contact in unsaid:
        contact.planned = None
    p.log("CON01", small, "for most contacts it is not said whether they were planned", "not_evidenced")
    if any(contact.outcome == "cancelled_by_service" for contact in unsaid):
        p.log("CON04", small, "those it cancelled may have been planned", "not_evidenced")


def _growing(p: Planter) -> None:
    """The small team has cut its hours, and its record has lost the day on which referrals were accepted as well."""
    small = p.provider.teams[4]
    hours = {"Physical health link nurse": 0.4, "Care coordinator": 0.6, "Recovery worker": 0.6}
    for worker in p.roster.teams[small].everyone:
        if worker.wte is not None:
            worker.wte = min(worker.wte, hours.get(worker.role, worker.wte))
    p.log("CAP02", f"{small} | blank", "team over its limit, exceptions for the team stand open", "met")
    for referral in p.provider.referrals:
        if referral.team == small and referral.accepted_on and referral.accepted_on > date(2026, 7, 31):
            referral.accepted_on = None
    p.log("DEM02", small, "over its limit, and it is not said which referrals it accepted", "not_evidenced")


def _governance(p: Planter) -> None:
    acts = p.provider.governance
    small = p.provider.teams[4]
    p.provider.governance = [
        a for a in acts if a.activity != "allocation_review" or a.team != small or a.held_on < AS_AT - days(7)
    ]
    p.provider.governance.append(Act("allocation_review", small, AS_AT - days(7), "Team manager", "Confirmed"))
    p.log("CAP07", small, "allocations reviewed seven days ago", "met")
    for act in p.provider.governance:
        if act.activity == "case_sampling" and act.team == p.provider.teams[2] and act.held_on > AS_AT - days(91):
            act.outcome = None
    p.log("GOV02", p.provider.teams[2], "cases sampled, no outcome recorded", "not_evidenced")
    for number, (due, owner, outcome) in enumerate(
        ((0, "Service director", "met"), (-1, "Service director", "breach"), (40, None, "not_evidenced"))
    ):
        risk = Risk(
            f"WR-9{number + 1:02d}A", p.provider.teams[number], "Medical cover", AS_AT - days(20), owner,
            "Locum booked", AS_AT + days(due), None,
        )  # fmt: skip
        p.provider.risk_register.append(risk)
        what = "no owner" if owner is None else f"review due in {due} days"
        p.log("GOV03", risk.risk_id, what, outcome)
