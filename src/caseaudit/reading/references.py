"""Columns of a sheet by letters and by number."""

from __future__ import annotations


def column_number(letters: bytes) -> int:
    """Column number from 0 of a column's letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def letters_of(number: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    while number >= 0:
        number, digit = divmod(number, 26)
        letters = chr(65 + digit) + letters
        number -= 1
    return letters
