"""PEER02: peers do what peers may do, and carry no acute case alone."""

from caseaudit.testing import outcomes, run_check

STAFF = """
    staff  worker_id | role  | layer
           P1        | Peer  | peer
           P2        | Peer  | peer
           C1        | CC    | support
           X1        | Bank  |
"""
CASES = "cases case_id | opened_on | acuity_band | worker_id\nK1 | 2026-01-05 | {} | {}\n"
TASKS = "tasks task_id | task_type | case_id | completed_on | completed_by\n"
ALLOCATIONS = "allocations case_id | worker_id | allocated_on | ended_on | assessed_acuity\n"


def work(*, band: str = "high", worker: str = "", tasks: str = "", allocations: str | None = None) -> dict[str, str]:
    drawing = STAFF + CASES.format(band, worker) + TASKS + tasks
    if allocations is not None:
        drawing += "\n" + ALLOCATIONS + allocations
    return outcomes(run_check("peer_doing_clinical_work", "2026-10-31", drawing))


def task(kind: str, day: str = "2026-10-01", who: str = "P1") -> dict[str, str]:
    return work(tasks=f"T1 | {kind} | K1 | {day} | {who}")


def test_tasks_the_matrix_keeps_from_peers_are_a_breach() -> None:
    assert task("engagement") == {"P1 | K1 | T1": "met"}
    assert task("care_plan_review") == {"P1 | K1 | T1": "breach"}
    assert task("risk_formulation") == {"P1 | K1 | T1": "breach"}
    assert task("gardening") == {"P1 | K1 | T1": "met"}


def test_tasks_of_others_and_before_the_look_back_are_not_looked_at() -> None:
    assert task("risk_formulation", who="C1") == {}
    assert task("risk_formulation", day="2026-08-01") == {}
    assert task("risk_formulation", day="2026-08-02") == {"P1 | K1 | T1": "breach"}


def alone(*rows: str, band: str = "high") -> str | None:
    return work(band=band, allocations="\n".join(rows)).get("P1 | K1 | blank")


PEER = "K1 | P1 | 2026-01-05 | |"


def test_an_acute_case_is_shared_with_another_layer() -> None:
    assert alone(PEER) == "breach"
    assert alone(PEER, "K1 | C1 | 2026-10-31 | |") == "met"
    assert alone(PEER, "K1 | C1 | 2026-01-05 | 2026-10-31 |") == "breach"
    assert alone(PEER, "K2 | C1 | 2026-01-05 | |") == "breach"


def test_another_peer_is_no_other_layer_and_an_unknown_layer_is_not_evidenced() -> None:
    assert alone(PEER, "K1 | P2 | 2026-01-05 | |") == "breach"
    assert alone(PEER, "K1 | X1 | 2026-01-05 | |") == "not evidenced"
    assert alone(PEER, "K1 | X1 | 2026-01-05 | |", "K1 | C1 | 2026-01-05 | |") == "met"


def test_lower_bands_may_be_held_alone_and_an_unknown_band_is_not_evidenced() -> None:
    assert alone(PEER, band="moderate") == "met"
    assert alone(PEER, band="") == "not evidenced"
    assert alone(PEER, "K1 | C1 | 2026-01-05 | |", band="") == "met"


def test_an_allocation_that_ended_is_judged_on_its_last_day_by_the_acuity_assessed_then() -> None:
    assert alone("K1 | P1 | 2026-01-05 | 2026-10-01 | high", band="low") == "breach"
    assert alone("K1 | P1 | 2026-01-05 | 2026-10-01 | low", band="high") == "met"
    assert alone("K1 | P1 | 2026-01-05 | 2026-10-01 | high", "K1 | C1 | 2026-01-05 | 2026-10-01 |") == "met"
    assert alone("K1 | P1 | 2026-01-05 | 2026-10-01 | high", "K1 | C1 | 2026-10-01 | |") == "breach"


def test_an_allocation_that_ended_before_the_look_back_is_not_looked_at() -> None:
    assert alone("K1 | P1 | 2026-01-05 | 2026-08-01 | high") is None
    assert alone("K1 | P1 | 2026-01-05 | 2026-08-02 | high") == "breach"


def test_without_allocations_the_named_worker_counts() -> None:
    assert work(worker="P1") == {"P1 | K1 | blank": "breach"}
    assert work(worker="C1") == {}


def test_without_tasks_it_cannot_be_assessed() -> None:
    drawing = STAFF + CASES.format("high", "P1")
    assert run_check("peer_doing_clinical_work", "2026-10-31", drawing).status == "not assessable"
