"""Invented names, numbers and addresses. Every person here is made up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

FIRST = (  # noqa: SIM905 - reads better than a list of strings
    "Amara Bethan Callum Dilys Emeka Farah Gethin Hana Idris Jolene Kofi Leona Mihai Nadia Oisin Priya Quentin Rhian "
    "Samir Tamsin Ulla Viktor Wanda Xanthe Yusuf Zofia Alma Bruno Carys Dexter Esme Florin Greta Huw Ines Jarek"
).split()
LAST = (  # noqa: SIM905
    "Ashdown Birkett Calloway Dunmore Eastgate Fairlie Garside Holloway Inchley Jessop Kingsnorth Larkham Mossley "
    "Northcote Oakhurst Pembury Quayle Rushden Selwood Thornbury Upwood Vickerage Wetherall Yarnold Zeal Ackroyd "
    "Brindley Copley Dalgarno Ellwood Fenwick Gorringe Haldane Ingleby"
).split()


def person(rng: Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def birthday(rng: Random, youngest: int, oldest: int) -> date:
    return date(2026, 10, 31) - timedelta(days=rng.randint(youngest * 365, oldest * 365))


def nhs_number(serial: int) -> str:
    """The serial-th number of the test range 999 000 0000 - 999 999 9999, with its check digit.

    A number whose check digit would be 10 does not exist; the next one is taken.
    """
    stem = 999_000_000 + (serial * 37) % 1_000_000
    while True:
        total = sum(int(digit) * (10 - place) for place, digit in enumerate(str(stem)))
        check = (11 - total % 11) % 11
        if check < 10:
            number = f"{stem}{check}"
            return f"{number[:3]} {number[3:6]} {number[6:]}"
        stem += 1


def ni_number(rng: Random) -> str:
    """Never issued: the prefix QQ is kept for examples."""
    return f"QQ {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.choice('ABCD')}"


def postcode(rng: Random) -> str:
    """In the area ZZ, which no post office has."""
    return f"ZZ{rng.randint(1, 40)} {rng.randint(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQR')}"
