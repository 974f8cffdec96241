"""Propose which column of a register holds which field, from the words of its headings and from its values.

A proposal is a start that a person who knows the register looks through. An exact name of a field goes before any
likeness, a column whose values do not fit a field is never proposed for it, and an address is never activity.

Source: fatf-kit's own; the words are in frameworks/npo/headings.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fatf_kit.core.languages import normalise
from fatf_kit.npo.mapping.beneficiary_words import COLUMN, group_in_heading, group_of, names_identity
from fatf_kit.npo.mapping.column_map import can_be_scored, names_a_kind, names_of, refusals, says_unscored
from fatf_kit.npo.mapping.headings import (
    Phrase,
    PublishedCodes,
    extra_words,
    has_phrase,
    load_headings,
    phrase_of,
    words_in,
)
from fatf_kit.npo.mapping.profile import ColumnProfile
from fatf_kit.npo.mapping.proposals import ColumnProposal, MappingProposal
from fatf_kit.npo.method.load import Method, RegisterColumn
from fatf_kit.npo.register.cell_values import code_reader, country, yes_no

NAME, KNOWN, WORDS = 3, 2, 1
_HALF, _THIRD, _MOST = 0.5, 0.3, 0.9
_LISTED = 200
_MOST_BODIES = 100_000
_MANY = 0.95
_MOST_DIGITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """How well a heading fits a field: by which kind of name, how much of it, and how many of its values are read."""

    profile: ColumnProfile
    column: str
    tier: int
    cover: float
    size: int
    read: float
    codes: Mapping[str, str]

    @property
    def rank(self) -> tuple[float, ...]:
        return (self.tier == NAME, self.read >= _HALF, self.tier, self.cover, self.size, self.read)


def propose_mapping(profiles: Sequence[ColumnProfile], method: Method) -> MappingProposal:
    """Return what is proposed for each column of a register, each field once at most unless columns are joined."""
    refused = {problem.facts[0][1] for problem in refusals("", [one.heading for one in profiles], method)}
    joined = _joined(profiles, method, refused)
    in_join = {proposal.heading for proposal in joined}
    left: dict[str, str] = {}
    matches: list[_Match] = []
    for one in profiles:
        if one.heading in refused:
            left[one.heading] = "refused"
        elif one.heading not in in_join:
            found = list(_matches(one, method))
            matches += [match for match in found if match.tier > 0]
            left[one.heading] = _why_none(one, found, method)
    made: list[ColumnProposal] = []
    fields, taken = {proposal.field for proposal in joined}, set()
    for match in sorted(matches, key=lambda match: match.rank, reverse=True):
        if match.column not in fields and match.profile.heading not in taken:
            made.append(_proposal(match, method))
            fields.add(match.column)
            taken.add(match.profile.heading)
    made += _also(tuple(made), {one.heading: one for one in profiles}, method, fields)
    order = {one.heading: place for place, one in enumerate(profiles)}
    every = sorted((*made, *joined), key=lambda proposal: (order[proposal.heading], proposal.reason == "also"))
    used = {proposal.heading for proposal in every}
    return MappingProposal(
        proposals=tuple(every),
        left=MappingProxyType({heading: why for heading, why in left.items() if heading not in used}),
        home=_home(profiles),
    )


def _matches(one: ColumnProfile, method: Method) -> Iterator[_Match]:
    """Yield every field that a heading fits; a tier of 0 where its values do not."""
    known, words, plain = load_headings(), words_in(one.heading), normalise(one.heading).replace("_", " ")
    barred, is_address = _is_barred(one, words, method), has_phrase(words, known.address)
    is_whom = has_phrase(words, known.whom) and not words <= {"who", "help"} | known.neutral
    for column in method.columns.values():
        tier, cover, size = 0, 0.0, 0
        if plain in {normalise(text).replace("_", " ") for text in names_of(column)}:
            tier, cover = NAME, 1.0
        elif barred or (is_whom and column.id != COLUMN):
            continue
        elif plain.replace(" ", "") in {normalise(text).replace("_", "").replace(" ", "") for text in column.aliases}:
            tier, cover = KNOWN, 1.0
        elif not words & known.excluded.get(column.id, frozenset()):
            phrases = (*known.fields.get(column.id, ()), *map(phrase_of, column.name.values()))
            if is_address:
                phrases = tuple(phrase for phrase in phrases if has_phrase(phrase, known.address))
            cover, size = _cover(words, phrases)
            if _published(column, one):
                cover, size = 1.0, 1
            tier = WORDS if cover else 0
        if not tier:
            continue
        codes, read = codes_for(column, one, method)
        if says_unscored(one.heading, column.id, method) or not _fits(column, one, read, is_name=tier == NAME):
            tier = 0
        yield _Match(profile=one, column=column.id, tier=tier, cover=cover, size=size, read=read, codes=codes)


def _is_barred(one: ColumnProfile, words: Phrase, method: Method) -> bool:
    """Return whether a heading is of a name or an address, which no field is taken from."""
    known = load_headings()
    is_name = has_phrase(words, known.names) and "count" not in one.kinds and not names_a_kind(one.heading, method)
    if one.is_personal or is_name:
        return True
    return words <= known.country and not _is_plural(one.heading) and "list" not in one.kinds


def _is_plural(heading: str) -> bool:
    """Whether a heading of one word names several things: an address has one country, "countries" are of the work."""
    return normalise(heading).strip(" ?:.").endswith("ies")


def _cover(words: Phrase, phrases: Iterable[Phrase]) -> tuple[float, int]:
    """Return how much of a heading the phrases of a field are, and of how many words.

    Nothing where it is a single word among others, which may speak of something else.
    """
    said = frozenset[str]().union(*(phrase for phrase in phrases if phrase and phrase <= words))
    if not said:
        return 0.0, 0
    own = max(1, len(said - load_headings().neutral))
    cover = own / (own + len(extra_words(words, said)))
    return (cover, len(said)) if cover == 1 or (own > 1 and cover >= _HALF) else (0.0, 0)


def _fits(column: RegisterColumn, one: ColumnProfile, read: float, *, is_name: bool) -> bool:
    """Return whether the values of a column may be the field's; an empty column fits everything."""
    kinds = one.kinds
    if "empty" in kinds:
        return True
    if set(one.texts) == {"0"} and column.codes:  # nothing was ever entered
        return False
    match column.type:
        case "id":
            return len(one.texts) >= _MANY * one.filled and not kinds & {"date", "mail", "phone"}
        case "date" | "share":
            return column.type in kinds
        case "money":
            return "amount" in kinds and not _is_short_code(one)
        case "count":
            return "count" in kinds and (one.largest or 0) <= _MOST_BODIES
        case "yes_no":
            return "yes_no" in kinds or (one.is_coded and read >= _HALF)
        case "countries":
            return "countries" in kinds and not kinds & {"yes_no", "amount"}
        case "level":
            return is_name
        case "code" | "codes":
            if is_name:
                return True
            is_own = column.open and one.is_coded and one.repeats and not kinds & {"amount", "yes_no"}
            return read >= _THIRD or is_own
        case _:
            return "text" in kinds and not kinds & {"long", "mail", "phone"}


def _is_short_code(one: ColumnProfile) -> bool:
    """Return whether the values are a few different figures of one digit, which are codes and no amounts."""
    return len(one.texts) <= _MOST_DIGITS and all(len(text) == 1 for text in one.texts)


def codes_for(column: RegisterColumn, one: ColumnProfile, method: Method) -> tuple[dict[str, str], float]:
    """Return the codes of a field behind the values of a column, and for how much of it one is known.

    Values that are a code or its name in some language need no entry and are left out.
    """
    known = load_headings()
    if not column.codes and column.type != "yes_no":
        return {}, 1.0
    whole = column.type in ("codes", "yes_no", "code") and column.id in known.values
    texts = one.items if column.type == "codes" else one.texts
    if published := _published(column, one):
        codes = published.codes[column.id]
        return {key: code for key, code in codes.items() if _is_met(key, texts)}, 1.0
    reads = code_reader(column)
    codes, read = {}, 0
    for text, count in texts.most_common(_LISTED):
        own = reads(text)
        if column.type == "yes_no" and yes_no(text, method) is not None:
            own = "yes"
        if own:
            read += count
        elif whole and (code := _code_of(column.id, text, method)) is not None:
            codes[text] = code
            read += count
    return codes, read / texts.total() if texts else 0.0


def _published(column: RegisterColumn, one: ColumnProfile) -> PublishedCodes | None:
    """Return the published list of codes that a column names and its values look like."""
    for published in load_headings().classifications:
        if column.id in published.codes and has_phrase(words_in(one.heading), published.words):
            total = one.texts.total()
            alike = sum(n for text, n in one.texts.items() if published.matches.fullmatch(text))
            if total and alike >= _HALF * total:
                return published
    return None


def _is_met(key: str, texts: Iterable[str]) -> bool:
    return any(text.startswith(key[:-1]) if key.endswith("*") else text == key for text in texts)


def _joined(profiles: Sequence[ColumnProfile], method: Method, refused: set[str]) -> list[ColumnProposal]:
    """Columns of yes and no that are one purpose, or one group of beneficiaries, each.

    None of a field for which there is but one of them.
    """
    found: dict[str, list[ColumnProposal]] = {"purpose": [], COLUMN: []}
    for one in profiles:
        if "yes_no" not in one.kinds or one.heading in refused:
            continue
        field, code = "purpose", _purpose_in(one.heading, method)
        if code is None:
            field, code = COLUMN, group_in_heading(one.heading, method)
        if code:
            found[field].append(ColumnProposal(heading=one.heading, field=field, reason="joined", joined=code))
    return [proposal for proposals in found.values() if len(proposals) > 1 for proposal in proposals]


def _also(
    made: Sequence[ColumnProposal], profiles: Mapping[str, ColumnProfile], method: Method, fields: set[str]
) -> Iterator[ColumnProposal]:
    """Yield a second field that the values of a column tell, where no other column tells it."""
    known = load_headings()
    for proposal in made:
        second, behind = known.also.get(proposal.field, ("", {}))
        if not second or second in fields:
            continue
        one, reads = profiles[proposal.heading], code_reader(method.columns[proposal.field])
        codes, _ = codes_for(method.columns[second], one, method)
        if not any(key.endswith("*") for key in codes):
            for text in one.items:
                first = proposal.codes.get(text) or reads(text)
                if first and text not in codes and first in behind:
                    codes[text] = behind[first]
        if codes:
            yield ColumnProposal(
                heading=proposal.heading, field=second, reason="also", codes=codes, separator=proposal.separator
            )


def _proposal(match: _Match, method: Method) -> ColumnProposal:
    one, kind = match.profile, method.columns[match.column].type
    is_list = kind in ("codes", "countries", "texts")
    reason = "groups" if match.column == COLUMN else {NAME: "name", KNOWN: "known", WORDS: "words"}[match.tier]
    percent = (one.largest or 0) > 1 or words_in(one.heading) & load_headings().percentage
    return ColumnProposal(
        heading=one.heading,
        field=match.column,
        reason="empty" if "empty" in one.kinds and match.tier == WORDS else reason,
        codes=match.codes,
        separator=one.separator if is_list else None,
        unit="percent" if kind == "share" and percent and not _signed(one) else None,
        dates=(one.order or None) if kind == "date" else None,
        is_order_unclear=kind == "date" and one.order == "",
    )


def _signed(one: ColumnProfile) -> bool:
    return any("%" in text or "٪" in text for text in one.texts)


def _why_none(one: ColumnProfile, found: Sequence[_Match], method: Method) -> str:
    known, words = load_headings(), words_in(one.heading)
    if "yes_no" in one.kinds and names_identity(one.heading, method):
        return "identity"
    if any(match.tier for match in found):
        return "taken"
    if one.is_personal or has_phrase(words, known.names):
        return "person"
    if has_phrase(words, known.whom):
        return "whom"
    if has_phrase(words, known.address) or "countries" in one.kinds:
        return "address"
    return "unfit" if found else "none"


def _home(profiles: Iterable[ColumnProfile]) -> tuple[str, str] | None:
    """Return the country in which nearly all addresses are."""
    known = load_headings()
    for one in profiles:
        words = words_in(one.heading)
        is_place = words & known.country and (len(words) == 1 or has_phrase(words, known.address))
        if is_place and "countries" in one.kinds and "list" not in one.kinds and one.filled:
            text, count = one.texts.most_common(1)[0]
            code = country(text)
            if code and count >= _MOST * one.filled:
                return code, one.heading
    return None


def _code_of(column: str, text: str, method: Method) -> str | None:
    """Return the code of a value; of a group by faith, descent, origin or opinion "", for it is left out."""
    if column != COLUMN:
        return value_code(column, text, method)
    return "" if names_identity(text, method) else group_of(text, method)


def value_code(column: str, text: str, method: Method) -> str | None:
    """Return the code that the words of a value speak for; None where none does, or several alike.

    >>> from fatf_kit.npo.method.load import load_method
    >>> value_code("purpose", "The advancement of animal welfare", load_method())
    'other_good_works'
    """
    words = words_in(text)
    best: dict[str, int] = {}
    for code, phrases in load_headings().values.get(column, {}).items():
        size = max((len(phrase) for phrase in phrases if phrase <= words), default=0)
        if size:
            best[code] = size
    if not best:
        return None
    most = max(best.values())
    codes = [code for code, size in best.items() if size == most]
    if len(codes) > 1 or (codes[0] in can_be_scored(column, method) and says_unscored(text, column, method)):
        return None  # belief, opinion and rights are never scored
    return codes[0]


def _purpose_in(heading: str, method: Method) -> str | None:
    """Return the purpose that a heading names next to a word such as "advancing"."""
    known, words = load_headings(), words_in(heading)
    if not words & known.purpose_marks:
        return None
    return value_code("purpose", " ".join(sorted(words - known.purpose_marks - known.neutral)), method)
