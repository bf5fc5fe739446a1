"""Drawing a sample that anyone can draw again: each case holds a ticket, the smallest tickets are drawn."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Mapping

from caseaudit.statistics._exact import whole


def ticket(seed: str | int, stratum: str, case_id: str) -> str:
    r"""The ticket of a case: the SHA-256 of seed, stratum and case, in hexadecimal.

    Hashed are the UTF-8 bytes of ``f"{seed}|{stratum}|{case_id}"``, without blanks or line end. A backslash or
    a bar within one of the three is written ``\\`` or ``\|`` first, so that no two different triples share a
    text; identifiers without either, the ordinary case, are hashed as they stand. An unstratified draw has the
    empty stratum ``""``.

    Args:
        seed: what the draw was announced under, such as a date and a word; an int is written in digits.
        stratum: name of the stratum, or ``""``.
        case_id: the case, written as in the sampling frame: "007" and "7" are different cases.

    Returns:
        64 hexadecimal digits, lower case.

    Raises:
        ValueError: one of the three holds a character that has no UTF-8 form.
    """
    plain = "|".join(str(part).replace("\\", "\\\\").replace("|", "\\|") for part in (seed, stratum, case_id))
    try:
        text = plain.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("Seed, stratum and case id must be text that can be written as UTF-8.") from None
    return hashlib.sha256(text).hexdigest()


def select(
    ids_by_stratum: Mapping[str, Collection[str]], sizes: Mapping[str, int], seed: str | int
) -> dict[str, list[str]]:
    """Draw from each stratum the cases with the smallest tickets.

    The draw does not depend on the order of rows or on any library's random numbers, and for one seed a longer
    sample begins with the shorter one, so that a sample can be extended without drawing afresh.

    Args:
        ids_by_stratum: the sampling frame: the case ids of each stratum, each id once within its stratum.
        sizes: how many to draw from each stratum; the same strata as the frame.
        seed: see ``ticket``.

    Returns:
        The case ids drawn from each stratum, smallest ticket first; strata in the order of the frame.

    Raises:
        ValueError: frame and sizes name different strata, a size exceeds its stratum, or a case id stands
            twice in one stratum.
    """
    if ids_by_stratum.keys() != sizes.keys():
        raise ValueError("The sampling frame and the sizes must name the same strata.")
    sample = {}
    for stratum, case_ids in ids_by_stratum.items():
        size = whole(sizes[stratum], "The number of cases to draw")
        if size > len(case_ids):
            raise ValueError(f"A stratum holds {len(case_ids)} cases, fewer than the {size} to be drawn.")
        if len(set(case_ids)) < len(case_ids):
            raise ValueError("A case id stands twice in a stratum of the sampling frame.")
        tickets = ((ticket(seed, stratum, case_id), case_id) for case_id in case_ids)
        sample[stratum] = [case_id for _, case_id in heapq.nsmallest(size, tickets)]
    return sample
