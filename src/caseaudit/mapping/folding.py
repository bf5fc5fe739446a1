"""Headings folded to what they mean, so that "Svc User Ref." and "patient number" come out the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from caseaudit.mapping.spelling import abbreviates, swapped

_BARE = re.compile(r"[a-z0-9 ]+")
_COPY = re.compile(r"\s*\(\d+\)\s*$")
# "Case_Ref__c": a column some systems have let the service add says so.
_ADDED = re.compile(r"__(?:pc|c|r)\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_APOSTROPHE = re.compile(r"(?<=\w)['’`.](?=\w)")
_WORD = re.compile(r"[^\W_]+|#|%")
# "DoB" and "S/U" are words of initials, not two words.
_OF = re.compile(r"\b([A-Z])o([A-Z])\b")
_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")
# "re-assessed", "co-ord", "pre-planned", "e-mail": the first part is no word of its own.
_JOINED = re.compile(r"\b(re|co|pre|e|un|non|sub|de)-(?=\w)", re.IGNORECASE)
# "RAG was" is the one before; "leavers this month" are the leavers.
_WAS = re.compile(r"(?<=\w)[ _-]+(?:was|were)\W*$")
_PERIOD = re.compile(r"\b(?:this|in|in the|per|for the) ?(?:month|mth|mnth|week|wk|quarter|qtr|year|yr|period)\b")
_UNITS = ("month", "mth", "mnth", "week", "wk", "quarter", "qtr", "year", "yr", "period")
_DATE_TIME = re.compile(r"\b(?:date|dt) ?(?:[/&+-]|and) ?(?:time|tm)\b")
# "Ref" is a number at the end of a heading, and a referral before what happens to one.
_REFERRAL = re.compile(
    r"\bref(?=[ ._/-]+(?:acc|rec|rcv|rcd|rej|open|clos|end|out|reas|rsn|sour|prio|urg|stat|typ|to\b))"
)

_LITTLE = frozenset(
    ("the", "a", "an", "it", "was", "is", "be", "been", "has", "our", "my", "their", "please", "they", "we", "you")
)
"""Words that may stand between the words of a phrase ("who was it escalated to")."""

_SHORT_PIECES = frozenset(
    ("on", "of", "by", "id", "no", "to", "in", "is", "end", "due", "wte", "fte", "dob", "rag", "set")
)
"""Words of fewer than four letters that a run of words may hold; others would be found everywhere."""

MOST_READINGS = 64
"""An abbreviated heading has at most this many readings tried; one with more is asked about."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A heading folded.

    Attributes:
        tokens: the meanings in it, each once; empty for a heading without a word.
        readings: other sets of meanings it may have, if some of its words are abbreviated or misspelt.
        likeness: 0-100, of the worst of its words to the word it was read as; 100 when nothing had to be guessed.
    """

    tokens: frozenset[str]
    readings: tuple[frozenset[str], ...] = ()
    likeness: float = 100.0


def words_of(heading: str) -> list[str]:
    """The plain words of a heading: lower case, accents and punctuation gone, runTogether words parted."""
    text = heading if _BARE.fullmatch(heading) else _bared(heading)
    if "ref" in text or "tm" in text or "time" in text:
        text = _REFERRAL.sub("referral", _DATE_TIME.sub("date", text))
    # The signs first: most phrases have none of these words, and to look for the pattern costs more.
    if "was" in text or "were" in text:
        text = _WAS.sub(" previous", text)
    if any(unit in text for unit in _UNITS) and _PERIOD.sub("", text).strip():
        text = _PERIOD.sub(" ", text)
    return text.split() if _BARE.fullmatch(text) else _WORD.findall(text)


def _bared(heading: str) -> str:
    """A heading in lower case, without accents, with its words parted."""
    text = unicodedata.normalize("NFKC", _ADDED.sub("", _COPY.sub("", heading)))
    text = _CAMEL.sub(" ", _OF.sub(r"\1O\2", text))
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _JOINED.sub(r"\1", _SLASHED.sub(r"\1\2", _APOSTROPHE.sub("", text.lower()))).replace("_", " ")


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The word without a plural's s; good enough to compare headings by."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Folder:
    """Folds headings by a list of abbreviations and of words that mean the same."""

    def __init__(
        self,
        abbreviations: Mapping[str, str],
        meanings: Mapping[str, Iterable[str]],
        ignored: Iterable[str],
        endings: Iterable[str],
        systems: Iterable[str] = (),
    ) -> None:
        self._short = {short: long.split() for short, long in abbreviations.items()}
        self._ignored = frozenset(ignored)
        self._endings = tuple(endings)
        self._systems = frozenset(systems)
        self._phrases: dict[tuple[str, ...], str] = {}
        for meaning, phrases in meanings.items():
            for phrase in (*phrases, meaning.replace("_", " ")):
                plain = self._plain(words_of(phrase))
                self._phrases[tuple(word for word in plain if word not in _LITTLE) or tuple(plain)] = meaning
        self._longest: dict[str, int] = {}
        """First word of a phrase → words of the longest that begins so."""
        for words in self._phrases:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        self._known: set[str] = {word for phrase in self._phrases for word in phrase} | set(meanings)

    def learn(self, phrases: Iterable[str]) -> None:
        """Take the words of these phrases for known, so that abbreviations of them are recognised."""
        for phrase in phrases:
            self._known.update(self._written_out(phrase))

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the data file's."""
        return word in self._known or word in self._ignored

    @lru_cache(maxsize=65536)  # noqa: B019 - one Folder lives as long as the program
    def tokens(self, phrase: str) -> frozenset[str]:
        """The meanings in a phrase whose words are all known."""
        return self._meanings(self._written_out(phrase))

    @lru_cache(maxsize=4096)  # noqa: B019 - one Folder lives as long as the program
    def fold(self, heading: str) -> Folded:
        """Fold a heading as a person wrote it."""
        bare = heading.strip().lower()
        for ending in self._endings:
            if bare.endswith(ending) and len(bare) > len(ending):
                heading = heading.strip()[: -len(ending)]
                break
        words = [
            self._stem(w) for w in self._plain([part for word in words_of(heading) for part in self._parted(word)])
        ]
        options: list[list[tuple[str, float]]] = []
        for word in words:
            sure = word in self._known or word in self._ignored or word.isdigit()
            options.append([(word, 100.0)] if sure else self._guesses(word))
        tokens = self._meanings(words)
        readings: dict[frozenset[str], float] = {}
        count = 1
        for option in options:
            count *= len(option)
        if count > 1 and count <= MOST_READINGS:
            for choice in product(*options):
                read = self._meanings([word for word, _ in choice])
                readings.setdefault(read, min(likeness for _, likeness in choice))
        readings.pop(tokens, None)
        return Folded(tokens, tuple(readings), max(readings.values(), default=100.0))

    def _parted(self, word: str) -> list[str]:
        """A run of known words written as one ("ONHOLDFROM"), parted into the fewest; any other word as it is."""
        if len(word) < 7 or not word.isalpha() or singular(word) in self._known or word in self._short:
            return [word]
        best: list[list[str] | None] = [[], *([None] * len(word))]
        for end in range(2, len(word) + 1):
            for start in range(max(0, end - 16), end - 1):
                before, piece = best[start], word[start:end]
                if before is None or not self._is_piece(piece):
                    continue
                held = best[end]
                if held is None or len(before) + 1 < len(held):
                    best[end] = [*before, piece]
        return best[-1] or [word]

    def _is_piece(self, piece: str) -> bool:
        if len(piece) < 4 and piece not in _SHORT_PIECES:
            return False
        return piece in self._known or singular(piece) in self._known or piece in self._ignored

    @lru_cache(maxsize=65536)  # noqa: B019 - as above
    def _written_out(self, phrase: str) -> list[str]:
        return self._plain(words_of(phrase))

    def _stem(self, word: str) -> str:
        """The known word of which an unknown one is another form ("escalating", "cancelling"); else the word."""
        if self.knows(word) or len(word) < 6 or not word.endswith(("ing", "ed")):
            return word
        cut = word[:-3] if word.endswith("ing") else word[:-2]
        for form in (cut, cut + "e", cut + "ed", cut + "ion", cut[:-1], cut[:-1] + "y"):
            if len(form) > 3 and form in self._known:
                return form
        return word

    def _plain(self, words: list[str]) -> list[str]:
        return [
            singular(long) if long not in self._short else long
            for word in words
            for long in self._short.get(word, self._short.get(singular(word), [word]))
        ]

    def _meanings(self, words: list[str]) -> frozenset[str]:
        words = [word for word in words if word not in _LITTLE] or words
        found: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest.get(words[at], 0), len(words) - at), 0, -1):
                meaning = self._phrases.get(tuple(words[at : at + length]))
                if meaning is not None:
                    found.append(meaning)
                    at += length
                    break
            else:
                if words[at] not in self._ignored:
                    found.append(words[at])
                at += 1
        # A heading of such words alone ("To", "Current") still says something.
        return self._without_systems(frozenset(found or words))

    def _without_systems(self, tokens: frozenset[str]) -> frozenset[str]:
        """Without the name of a record system; a system's own number is the number it has given the client."""
        rest = tokens - self._systems
        if rest == tokens:
            return tokens
        return rest if rest - {"id", "date", "code"} else rest | {"client"}

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        return tuple(sorted(word for word in self._known if len(word) > 3 and word.isalpha()))

    def _guesses(self, word: str) -> list[tuple[str, float]]:
        """The known words an unknown one may stand for, and itself."""
        found = [(word, 100.0)]
        if len(word) < 3 or not word.isalpha():
            return found
        for known in self._vocabulary:
            if known[0] != word[0]:
                continue
            if abbreviates(word, known):
                found.append((known, 90.0))
            elif len(word) > 3:
                likeness = 100 * OSA.normalized_similarity(word, known)
                if swapped(word, known):
                    likeness = max(likeness, 95.0)
                if likeness >= 79:
                    found.append((known, likeness))
        return found
