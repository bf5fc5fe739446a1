"""Headings of one sheet matched to the fields of one table: by name, then by the look of the values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from caseaudit.mapping.aliases import Aliases, key
from caseaudit.mapping.folding import Folded
from caseaudit.mapping.fuller import says
from caseaudit.mapping.looks import FITS, Look, fits
from caseaudit.tables import FieldSpec, spec

DECIDED, EXPLICIT, KNOWN, BY_NAME, FULLER, STAND_IN, PERHAPS = range(7)
"""Why a heading is taken for a field: the user says so; it says so in full; but for "date" or "id"; a person by name;
in more words than it needs; for want of a better; maybe."""

SPELT = 87.0
"""Likeness from which a word is another one misspelt: shorter words are one letter from too many others (chased,
ceased), and are asked about."""

LIKE = 74.0
"""RapidFuzz score from which a heading that is not known is worth asking about."""

_PEOPLE = frozenset(("case_id", "person_id"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet as matching sees it.

    Attributes:
        heading: as it stands there.
        folded: the heading.
        look: what its sample looks like.
        shorter, parts: other ways of saying the heading, see `mapping.fuller`.
    """

    heading: str
    folded: Folded
    look: Look
    shorter: tuple[frozenset[str], ...] = ()
    parts: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One field a column may hold.

    Attributes:
        field: the field.
        rank: DECIDED to PERHAPS; lower is better.
        sure: whether the heading's words are known, or can be read in no other way.
        fits: whether the values look like it.
        likeness: 0-100.
    """

    field: FieldSpec
    rank: int
    sure: bool
    fits: bool
    likeness: float

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Sorts the best first; candidates equal in it are rivals."""
        return (not self.fits, not self.sure, self.rank)


@dataclass(frozen=True)
class Matched:
    """What became of a sheet's columns for one table.

    Attributes:
        fields: field → (column, how it matched) where it is sure.
        asked: heading → the candidates a user must choose from, best first.
        beaten: heading → the heading that holds the same field more plainly.
    """

    fields: Mapping[str, tuple[Column, Candidate]]
    asked: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    beaten: Mapping[str, str] = field(default_factory=dict)


def candidates(
    column: Column, wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases
) -> list[Candidate]:
    """The fields that a heading names, best first; none for a heading that is not known.

    Args:
        column: the column.
        wanted: fields → keys of the headings people write for them.
        known: the data file.
    """
    found: dict[FieldSpec, Candidate] = {}
    readings = [(column.folded.tokens, 100.0), *((one, column.folded.likeness) for one in column.folded.readings)]
    for tokens, likeness in readings:
        for one, keys in wanted.items():
            rank = _rank(tokens, one, keys)
            if rank is not None and one.kind == "ident" and column.look.names >= FITS:
                rank = BY_NAME
            if rank is not None and (one not in found or rank < found[one].rank):
                found[one] = Candidate(one, rank, likeness == 100.0, suits(column, one, known), likeness)
    if not found:
        fuller = [one for one, keys in wanted.items() if says(column, one, keys, known) and suits(column, one, known)]
        found = {one: Candidate(one, FULLER, sure=True, fits=True, likeness=100.0) for one in fuller}
    ordered = sorted(found.values(), key=lambda c: c.order)
    if not ordered or ordered[0].sure:
        return ordered
    # A heading that had to be guessed is sure only if every way of reading it leads to this field or nowhere.
    fitting = [one for one in ordered if one.fits]
    dropped = any(tokens in known.personal or tokens in known.unneeded for tokens, _ in readings)
    if len(fitting) == 1 and fitting[0].likeness >= SPELT and not dropped and column.look.filled:
        only = fitting[0]
        return [Candidate(only.field, only.rank, sure=True, fits=True, likeness=only.likeness)]
    return ordered


def suits(column: Column, one: FieldSpec, known: Aliases) -> bool:
    """Whether the values of a column can be the field's. Names of people supported are no identifiers of cases."""
    if one.name in _PEOPLE and column.look.names >= FITS:
        return False
    return fits(column.look, one, {**known.values.get(one.path, {}), **known.suggested.get(one.path, {})})


def _rank(tokens: frozenset[str], one: FieldSpec, keys: frozenset[frozenset[str]]) -> int | None:
    bare = key(tokens, one.kind)
    if bare in keys:
        if one.kind == "ident" and "name" in bare:
            return BY_NAME
        plain = one.kind in {"day", "ident"} and bare == tokens
        return KNOWN if plain else EXPLICIT
    if one.kind == "ident" and one.name not in _PEOPLE and "name" in tokens and key(tokens - {"name"}, "ident") in keys:
        return BY_NAME
    return None


def likely(column: Column, wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases) -> list[Candidate]:
    """Fields that an unknown heading resembles and its values could be; best first, for a question."""
    said = " ".join(sorted(column.folded.tokens - {"date", "id"}))
    if len(said) < 3:
        return []
    found = []
    for one, keys in wanted.items():
        best = max((_likeness(said, " ".join(sorted(tokens - {"date", "id"}))) for tokens in keys), default=0.0)
        if best >= LIKE and suits(column, one, known):
            found.append(Candidate(one, PERHAPS, sure=False, fits=True, likeness=best))
    return sorted(found, key=lambda c: -c.likeness)[:3]


def by_values(column: Column, free: Iterable[FieldSpec], known: Aliases) -> FieldSpec | None:
    """A field still without a column that an unknown heading's values speak of: its words, or all it may be.

    Never a match, only a reason to ask: the words of a list prove nothing about which list it is.
    """
    for one in free:
        words = known.values.get(one.path, {})
        if one.kind == "code" and column.look.different > 1 and column.look.known(words, one.codes) >= FITS:
            return one
    for one in free:
        telling = one.kind == "day" or (one.kind == "ident" and column.look.different == column.look.filled)
        if one.required and telling and column.look.filled and suits(column, one, known):
            return one
    return None


def _likeness(said: str, alias: str) -> float:
    """Of two headings, word order aside. One that holds all words of the other counts for less than an equal one."""
    if len(alias) < 3:
        return 0.0
    return max(fuzz.token_sort_ratio(said, alias), 0.85 * fuzz.token_set_ratio(said, alias))


def matched(
    columns: Sequence[Column], table: str, known: Aliases, fixed: Mapping[str, Column] | None = None
) -> Matched:
    """Which column feeds which field of a table; what is not sure is listed to be asked about.

    Args:
        columns: those to be matched.
        table: canonical table.
        known: the data file.
        fixed: field → column the user has decided, not among `columns`.
    """
    about = known.tables[table]
    fields = spec(table).fields
    fixed = fixed or {}
    wanted = {fields[name]: keys for name, keys in about.fields.items() if name not in fixed}
    found = settle(columns, wanted, known)
    told = {name: (column, decided(fields[name])) for name, column in fixed.items()}
    taken = {**told, **found.fields}
    asked = dict(found.asked)
    for name, keys in about.stand_in.items():
        if name in taken or any(name in {c.field.name for c in options} for options in asked.values()):
            continue
        best = _stand_in(columns, fields[name], keys, known)
        own = [one for one in columns if one not in best and _bare_number(one) and suits(one, fields[name], known)]
        if best and own and frozenset({"id"}) in keys:
            # "Ref No" beside "Client ID" numbers the rows' own subject, or only the rows.
            either = Candidate(fields[name], PERHAPS, sure=False, fits=True, likeness=100.0)
            asked |= {one.heading: (either,) for one in (*best, *own)}
        elif len(best) == 1:
            taken[name] = (best[0], Candidate(fields[name], STAND_IN, sure=True, fits=True, likeness=100.0))
    placed = {column.heading for column, _ in taken.values()}
    for column in columns:
        maybe = _maybe(column, table, known, taken)
        if column.heading not in placed and column.heading not in asked and maybe:
            asked[column.heading] = maybe
    return Matched(taken, asked, found.beaten)


def decided(one: FieldSpec) -> Candidate:
    """A match by the user's own decision."""
    return Candidate(one, DECIDED, sure=True, fits=True, likeness=100.0)


def settle(columns: Iterable[Column], wanted: Mapping[FieldSpec, frozenset[frozenset[str]]], known: Aliases) -> Matched:
    """Give each field the column that names it best; where two do so equally well, ask.

    Works in rounds, the plainest headings first. A column whose field is gone falls back on its next best.
    """
    options = {column: listed for column in columns if (listed := candidates(column, wanted, known))}
    taken: dict[str, tuple[Column, Candidate]] = {}
    asked: dict[str, tuple[Candidate, ...]] = {}
    beaten: dict[str, str] = {}
    while options:
        best = min(listed[0].order for listed in options.values())
        turn = {column: options.pop(column) for column, listed in list(options.items()) if listed[0].order == best}
        _take_turn(turn, best, taken, asked)
        gone = set(taken) | {c[0].field.name for c in asked.values() if c[0].sure and c[0].fits}
        for column, listed in list(options.items()):
            options[column] = [one for one in listed if one.field.name not in gone]
            if not options[column]:
                del options[column]
                _beaten(column, listed[0], taken, asked, beaten)
    # What was asked about a field that has since found its column is no question any more.
    for heading, options_left in list(asked.items()):
        still = tuple(one for one in options_left if one.field.name not in taken)
        if still:
            asked[heading] = still
        else:
            beaten[heading] = taken[options_left[0].field.name][0].heading
            del asked[heading]
    return Matched(taken, asked, beaten)


def _beaten(
    column: Column,
    wanted: Candidate,
    taken: dict[str, tuple[Column, Candidate]],
    asked: dict[str, tuple[Candidate, ...]],
    beaten: dict[str, str],
) -> None:
    """A column whose field is gone: to the same heading said more plainly, or to another that says no less."""
    winner = taken.get(wanted.field.name)
    if winner is None:
        beaten[column.heading] = wanted.field.title
        return
    kind = wanted.field.kind
    same = key(column.folded.tokens, kind) == key(winner[0].folded.tokens, kind)
    if same or not (wanted.sure and wanted.fits) or wanted.rank > KNOWN:
        beaten[column.heading] = winner[0].heading
        return
    # "Next review due" is no worse a heading than "Next review date": only the user knows which of them counts.
    del taken[wanted.field.name]
    asked[winner[0].heading] = (winner[1],)
    asked[column.heading] = (wanted,)


def _take_turn(
    turn: Mapping[Column, list[Candidate]],
    best: tuple[bool, bool, int],
    taken: dict[str, tuple[Column, Candidate]],
    asked: dict[str, tuple[Candidate, ...]],
) -> None:
    """Give the columns of one round their fields where each wants one and no other column wants it."""
    claims: dict[str, list[Column]] = {}
    for column, listed in turn.items():
        tied = [one for one in listed if one.order == best]
        if len(tied) > 1 or not (tied[0].fits and tied[0].sure):
            asked[column.heading] = tuple(listed)
        else:
            claims.setdefault(tied[0].field.name, []).append(column)
    for name, claimants in claims.items():
        if len(claimants) == 1:
            taken[name] = (claimants[0], turn[claimants[0]][0])
        else:
            asked.update({column.heading: tuple(turn[column][:1]) for column in claimants})


def _bare_number(column: Column) -> bool:
    """Whether a column is headed "ID" or "Ref No" and nothing else, and does not merely count the rows."""
    return column.folded.tokens == {"id"} and column.look.length >= 4


def _stand_in(
    columns: Sequence[Column], one: FieldSpec, keys: Sequence[frozenset[str]], known: Aliases
) -> list[Column]:
    for wanted in keys:
        best = [c for c in columns if key(c.folded.tokens, one.kind) == wanted and suits(c, one, known)]
        if best:
            return best
    return []


def _maybe(
    column: Column, table: str, known: Aliases, taken: Mapping[str, tuple[Column, Candidate]]
) -> tuple[Candidate, ...]:
    """Fields a heading may mean by the list of such headings; never sure."""
    found = []
    for path, keys in known.tables[table].perhaps.items():
        other, name = path.split(".")
        one = spec(other).fields[name]
        if other == table and name in taken:
            continue
        if key(column.folded.tokens, one.kind) in keys and suits(column, one, known):
            found.append(Candidate(one, PERHAPS, sure=False, fits=True, likeness=100.0))
    return tuple(found)
