"""SUP01: a worker with cases has gone too long without supervision."""

from caseaudit.testing import outcomes, run_check

DAY = "2026-10-31"


def gap(staff: str, sessions: str, cases: str = "C1 | W1 | 2026-03-02 | low", **policy: object) -> dict[str, str]:
    drawing = f"""
        staff        worker_id | role | layer | started_on | left_on
                     {staff}
        cases        case_id | worker_id | opened_on | acuity_band
                     {cases}
        supervision  worker_id | held_on | status
                     {sessions}
    """
    return outcomes(run_check("supervision_gap", DAY, drawing, policy))


SUPPORT, PEER = "W1 | Worker | support | 2020-01-01 |", "W1 | Worker | peer | 2020-01-01 |"
FIVE_HIGH = "\n".join(f"C{n} | W1 | 2026-03-02 | high" for n in range(5))


def test_the_standard_interval_is_kept_on_its_last_day_and_not_the_day_after() -> None:
    assert gap(SUPPORT, "W1 | 2026-09-19 | held") == {"W1": "met"}
    assert gap(SUPPORT, "W1 | 2026-09-18 | held") == {"W1": "breach"}


def test_peers_have_their_own_interval() -> None:
    assert gap(PEER, "W1 | 2026-09-30 | held") == {"W1": "met"}
    assert gap(PEER, "W1 | 2026-09-29 | held") == {"W1": "breach"}


def test_five_high_acuity_cases_ask_for_closer_supervision_and_four_do_not() -> None:
    assert gap(SUPPORT, "W1 | 2026-10-03 | held", FIVE_HIGH) == {"W1": "met"}
    assert gap(SUPPORT, "W1 | 2026-10-02 | held", FIVE_HIGH) == {"W1": "breach"}
    assert gap(SUPPORT, "W1 | 2026-10-02 | held", FIVE_HIGH[: FIVE_HIGH.rindex("\n")]) == {"W1": "met"}


def test_a_peer_with_many_high_acuity_cases_keeps_the_shorter_interval() -> None:
    assert gap(PEER, "W1 | 2026-10-02 | held", FIVE_HIGH) == {"W1": "breach"}


def test_severity_is_low_up_to_the_later_limit_of_the_standard_interval_and_high_beyond_or_elsewhere() -> None:
    def severity(staff: str, held_on: str) -> list[str]:
        drawing = f"""
            staff        worker_id | role | layer | started_on | left_on
                         {staff}
            cases        case_id | worker_id | opened_on | acuity_band
                         C1 | W1 | 2026-03-02 | low
            supervision  worker_id | held_on | status
                         W1 | {held_on} | held
        """
        result = run_check("supervision_gap", DAY, drawing)
        assert result.findings is not None
        found = result.findings.collect()
        return found["severity"].to_list()

    assert severity(SUPPORT, "2026-08-31") == ["low"]  # 61 days
    assert severity(SUPPORT, "2026-08-30") == ["high"]
    assert severity(PEER, "2026-09-29") == ["high"]


def test_sessions_cancelled_planned_or_of_unknown_status_do_not_count() -> None:
    old = "W1 | 2026-09-18 | held\n"
    assert gap(SUPPORT, old + "W1 | 2026-10-20 | cancelled") == {"W1": "breach"}
    assert gap(SUPPORT, old + "W1 | 2026-11-01 | held") == {"W1": "breach"}
    assert gap(SUPPORT, old + "W1 | 2026-10-20 |") == {"W1": "breach"}
    assert gap(SUPPORT, old + "W1 | 2026-10-31 | held") == {"W1": "met"}


def test_a_log_without_a_status_column_lists_sessions_held() -> None:
    assert outcomes(
        run_check(
            "supervision_gap",
            DAY,
            """
        staff        worker_id | role   | layer   | started_on
                     W1        | Worker | support | 2020-01-01
        cases        case_id | worker_id | opened_on
                     C1      | W1        | 2026-03-02
        supervision  worker_id | held_on
                     W1        | 2026-10-20
    """,
        )
    ) == {"W1": "met"}


def test_without_a_session_the_days_count_from_the_start_and_without_that_nothing_is_evidenced() -> None:
    other = "W9 | 2026-10-20 | held"
    assert gap("W1 | Worker | support | 2026-09-19 |", other) == {"W1": "met"}
    assert gap("W1 | Worker | support | 2026-09-18 |", other) == {"W1": "breach"}
    assert gap("W1 | Worker | support | |", other) == {"W1": "not evidenced"}


def test_a_blank_layer_is_not_evidenced_only_where_it_decides() -> None:
    blank = "W1 | Worker | | 2020-01-01 |"
    assert gap(blank, "W1 | 2026-09-30 | held") == {"W1": "met"}  # 31 days: in time for a peer too
    assert gap(blank, "W1 | 2026-09-29 | held") == {"W1": "not evidenced"}
    assert gap(blank, "W1 | 2026-09-18 | held") == {"W1": "breach"}  # 43 days: too long for anybody


def test_a_worker_none_of_whose_cases_has_a_band_may_hold_many_of_high_acuity() -> None:
    unbanded = FIVE_HIGH.replace("high", "")
    assert gap(SUPPORT, "W1 | 2026-10-03 | held", unbanded) == {"W1": "met"}
    assert gap(SUPPORT, "W1 | 2026-10-02 | held", unbanded) == {"W1": "not evidenced"}
    assert gap(SUPPORT, "W1 | 2026-10-02 | held", unbanded + "\nC9 | W1 | 2026-03-02 | low") == {"W1": "met"}


def test_leavers_starters_to_come_and_workers_without_cases_are_not_looked_at() -> None:
    staff = """LEFT | Worker | support | 2020-01-01 | 2026-10-31
               NEW  | Worker | support | 2026-11-01 |
               FREE | Worker | support | 2020-01-01 |
               STAY | Worker | support | 2020-01-01 | 2026-11-01"""
    cases = "C1 | LEFT | 2026-03-02 | low\nC2 | NEW | 2026-03-02 | low\nC3 | STAY | 2026-03-02 | low"
    assert gap(staff, "W9 | 2026-10-20 | held", cases) == {"STAY": "breach"}
