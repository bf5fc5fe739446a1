"""ACU05: people of higher acuity are seen less than people of lower acuity."""

from caseaudit.model import Result
from caseaudit.testing import outcomes, run_check


def teams(*bands: tuple[str, str, list[int]], on: str = "2026-10-20") -> Result:
    """(team, band, attended contacts of each of its cases)."""
    cases, contacts = [], []
    for team, band, counts in bands:
        for number, count in enumerate(counts):
            case = f"{team}-{band}-{number}"
            cases.append(f"{case} | {team} | 2026-03-02 | {band}")
            contacts += [f"{case}-{k} | {case} | {on} | attended" for k in range(count)]
    drawing = "cases case_id | team | opened_on | acuity_band\n" + "\n".join(cases)
    drawing += "\ncontacts contact_id | case_id | contact_on | outcome\n" + "\n".join(contacts)
    return run_check("acuity_inversion", "2026-10-31", drawing)


def test_a_lower_median_in_the_higher_band_is_a_breach_an_equal_one_is_not() -> None:
    assert outcomes(teams(("North", "high", [1] * 5), ("North", "low", [2] * 5))) == {"North": "breach"}
    assert outcomes(teams(("North", "high", [2] * 5), ("North", "low", [2] * 5))) == {"North": "met"}


def test_the_median_is_that_of_all_cases_seen_or_not() -> None:
    # medians 0 and 1, although the higher band has more contacts in all
    result = teams(("North", "high", [0, 0, 0, 9, 9]), ("North", "low", [0, 0, 1, 1, 1]))
    assert outcomes(result) == {"North": "breach"}


def test_a_band_with_fewer_than_five_cases_is_not_compared() -> None:
    assert outcomes(teams(("North", "high", [0] * 4), ("North", "low", [2] * 5))) == {}
    assert outcomes(teams(("North", "high", [0] * 5), ("North", "low", [2] * 5))) == {"North": "breach"}


def test_bands_that_do_not_lie_next_to_each_other_are_compared_too_and_named() -> None:
    result = teams(("North", "very_high", [1] * 5), ("North", "high", [0] * 4), ("North", "low", [2] * 5))
    assert outcomes(result) == {"North": "breach"}
    assert result.findings is not None
    assert result.findings.collect()["detail"].to_list() == ["Median contacts: 1 in very high, 2 in low."]


def test_the_finding_shows_a_pair_that_is_inverted_and_leads_to_a_case_of_its_higher_band() -> None:
    result = teams(("North", "low", [1] * 5), ("North", "moderate", [2] * 5), ("North", "high", [0] * 5))
    assert result.findings is not None
    assert result.findings.select("detail", "source_row").collect().rows() == [
        ("Median contacts: 0 in high, 1 in low.", 12)
    ]


def test_contacts_before_the_window_do_not_count() -> None:
    bands = (("North", "high", [1] * 5), ("North", "low", [2] * 5))
    assert outcomes(teams(*bands, on="2026-10-03")) == {"North": "breach"}
    assert outcomes(teams(*bands, on="2026-10-02")) == {"North": "met"}


def test_each_team_is_judged_by_itself() -> None:
    result = teams(
        *(("North", "high", [1] * 5), ("North", "low", [2] * 5)),
        *(("South", "high", [2] * 5), ("South", "low", [1] * 5)),
    )
    assert outcomes(result) == {"North": "breach", "South": "met"}
