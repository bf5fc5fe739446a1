"""Words written short or misspelt: whether one may stand for another."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA


def abbreviates(short: str, word: str) -> bool:
    """Whether people shorten the word so: its beginning, or its consonants, all or up to a point, in order."""
    if len(short) >= len(word):
        return False
    if word.startswith(short):
        return True
    skeleton = word[0] + re.sub(r"[aeiou]", "", word[1:])
    single = re.sub(r"(.)\1", r"\1", skeleton)
    return skeleton.startswith(short) or single.startswith(short) or _clipped(short, word)


def swapped(word: str, known: str) -> bool:
    """Whether two letters next to each other have changed places ("reveiw"), which makes no other word of it."""
    return len(word) > 4 and sorted(word) == sorted(known) and OSA.distance(word, known) == 1


def _clipped(short: str, word: str) -> bool:
    """A beginning and the end of the word, as in "assmt" or "dischd": three letters at least from the front."""
    for cut in range(3, len(short)):
        head, tail = short[:cut], short[cut:]
        if word.startswith(head) and word.endswith(tail) and len(tail) <= 2:
            return True
    return False
