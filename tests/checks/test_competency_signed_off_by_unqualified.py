"""CMP04: who may judge a competency."""

from caseaudit.testing import outcomes, run_check

DRAWING = """
    staff  worker_id | role  | layer
           N1        | Nurse | clinical
           M1        | Lead  | management
           S1        | CC    | support
           P1        | Peer  | peer
           X1        | Bank  |
    competencies  worker_id | competency | signed_off_on | signed_off_by
"""


def signed(*rows: str) -> list[str]:
    result = run_check("competency_signed_off_by_unqualified", "2026-10-31", DRAWING + "\n".join(rows))
    return [] if result.evidence is None else result.evidence.collect()["outcome"].to_list()


def test_clinicians_and_managers_may_judge_and_nobody_else() -> None:
    assert signed("S1 | a | 2026-09-01 | N1", "S1 | b | 2026-09-01 | M1") == ["met", "met"]
    assert signed("S1 | a | 2026-09-01 | P1", "P1 | b | 2026-09-01 | S1") == ["breach", "breach"]


def test_nobody_signs_for_themselves() -> None:
    assert signed("N1 | a | 2026-09-01 | N1", "Z9 | a | 2026-09-01 | Z9") == ["breach", "breach"]


def test_nobody_on_record_a_stranger_and_a_blank_layer_are_not_evidenced() -> None:
    assert signed("S1 | a | 2026-09-01 |", "S1 | b | 2026-09-01 | Z9", "S1 | c | 2026-09-01 | X1") == [
        "not evidenced",
        "not evidenced",
        "not evidenced",
    ]


def test_only_the_look_back_is_looked_at_and_a_doubled_row_once() -> None:
    assert signed("S1 | a | 2026-08-01 | P1", "S1 | a | 2026-11-01 | P1") == []
    assert signed("S1 | a | 2026-08-02 | P1", "S1 | a | 2026-08-02 | P1") == ["breach"]


def test_without_a_column_for_who_signed_it_cannot_be_assessed() -> None:
    drawing = "staff worker_id | role | layer\ncompetencies worker_id | competency | signed_off_on"
    result = run_check("competency_signed_off_by_unqualified", "2026-10-31", drawing)
    assert outcomes(result) == {}
    assert result.status == "not assessable"
