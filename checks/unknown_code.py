"""A coded field holds a word nobody knows.

Why it matters: A band, an outcome or a kind of task that is not on the list is counted nowhere: a case in an unknown
    band has no review interval, a contact with an unknown outcome was neither kept nor missed.
Who is looked at: Every different word in a field with a closed list; and among bands, needs, competencies, kinds of
    task, signals of risk and priorities, for which the policy names the list. Each word of a field with several counts.
What is a finding: The word is not on the list. A word is one finding however many rows it stands in: it says how many,
    and leads to the first. Blank is no word; "none" under needs is an answer.
What to do: Map the exported word to one of the list in the mapping file, or add it to the policy if the service means
    something of its own by it.
Sources: House default. CQC Regulation 17 (good governance) asks for records one can rely on, and sets no list.
Example: as at 2026-10-31
    cases  case_id | opened_on  | acuity_band | needs
           C1      | 2026-01-05 | high        |
           C2      | 2026-01-05 | purple      |
           C3      | 2026-01-05 |             | none;housing
    met cases | acuity_band | high, cases | needs | none; breach cases | acuity_band | purple, cases | needs | housing
"""

import polars as pl

from caseaudit import Evidence, Field, Policy, check, exports


# Medium: what stands behind the word may be anything, a high band too.
@check("DQ04", severity="medium", owner="data manager", basis="house", subject="code")
def unknown_code(tables: exports.Tables, policy: Policy) -> pl.LazyFrame:
    """One row per different word of a coded field: whether it is on its list, and in how many rows it stands."""
    of_bands = {word for band in policy.bands.entries.values() for word in band.competencies}
    competencies = of_bands | set(policy.needs.entries.values())
    lists = {
        "cases.acuity_band": policy.bands,
        "bands.band": policy.bands,
        "allocations.assessed_acuity": policy.bands,
        "cases.needs": policy.needs,
        "competencies.competency": competencies,
        "incidents.competency": competencies,
        "tasks.task_type": policy.task_matrix,
        "risk_flags.signal": policy.signal_contact_days,
        "referrals.priority": policy.first_contact,
    }
    return exports.codes(tables, {path: tuple(words) for path, words in lists.items()})


class Standard(Evidence):
    """What must hold of each word."""

    known: bool = Field(
        eq=True, title="the word is one of its list", description="{code} stands in {rows:row} and is not on the list."
    )
