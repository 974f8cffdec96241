"""Made-up reports of a fictional country in the shapes of real ones; no sentence of a real report is in them.

`make_report` returns the lines of a report by page, with the ratings and actions that are in it; `save` writes it as
PDF, Word or text. Their texts in each language are in tests/data/made_up_reports.json.
"""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fatf_kit.core.ratings import ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Framework

R, C, L = CriterionRating, ComplianceRating, EffectivenessRating
SCALE = (R.MET, R.MOSTLY_MET, R.PARTLY_MET, R.NOT_MET)

_TEXTS = json.loads((Path(__file__).resolve().parents[2] / "data" / "made_up_reports.json").read_text("utf-8"))
FILLER: Mapping[str, Sequence[str]] = _TEXTS["filler"]
WORDS: Mapping[str, Mapping[str, str]] = _TEXTS["words"]
RATINGS: Mapping[str, Mapping[str, str]] = _TEXTS["ratings"]
CODES = {"es": {"LC": "MC"}}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a report looks. `prints` is the form of a criterion's rating, empty where none is printed."""

    language: str = "en"
    prints: str = " ({rating})"
    heading: str = "{para}. {crit}{rated} – {text}"
    number: str = "{chapter}.{number}"
    edition: str = "fatf-2013"
    has_heads: bool = True
    has_notes: bool = True
    columns: int = 1
    is_before_2018: bool = False
    units: int = 40


@dataclass(kw_only=True)
class MadeUp:
    """A report by pages of lines, with its ratings, pages by criterion, actions by outcome, and factors by unit."""

    pages: list[list[str]] = field(default_factory=list)
    criteria: dict[str, CriterionRating] = field(default_factory=dict)
    ratings: dict[str, ComplianceRating | EffectivenessRating] = field(default_factory=dict)
    page_of: dict[str, int] = field(default_factory=dict)
    actions: list[tuple[str, str]] = field(default_factory=list)
    factors: list[str] = field(default_factory=list)


LATE = {"R.2/2.5", "R.5/5.2bis", *(f"R.15/15.{n}" for n in range(3, 12))}


def make_report(shape: Shape) -> MadeUp:
    """Return a report of a shape; ratings follow a fixed pattern."""
    made, words, ratings = MadeUp(), WORDS[shape.language], RATINGS[shape.language]
    texts = itertools.cycle(FILLER[shape.language])
    filler = (text.format(n=number) for text, number in zip(texts, itertools.count(41)))
    framework: Framework = load_framework(shape.edition)
    lines: list[str] = []
    para = itertools.count(40)

    def close() -> None:
        made.pages.append(list(lines))
        lines.clear()

    lines += [words["head"], words["actions"], words["io"].format(n=6)]
    letters = "أبت" if shape.language == "ar" else "abc"
    for letter, text in zip(letters, filler, strict=False):
        lines.append(f"{letter}) {text}")
        made.actions.append(("IO.6", text))
    lines.append(words["io"].format(n=7))
    for letter, text in zip(letters[:2], filler, strict=False):
        lines.append(f"{letter}) {text}")
        made.actions.append(("IO.7", text))
    lines += [f"{next(para)}. {words['relevant']}", next(filler), words["io"].format(n=6), next(filler)]
    for outcome, level in ((6, L.ME), (7, L.LE)):
        lines.append(f"{next(para)}. {words['level'].format(n=outcome, rating=ratings[level])}")
        made.ratings[f"IO.{outcome}"] = level
    close()
    pattern = itertools.cycle(range(7))
    for place, unit in enumerate(framework.recommendations[: shape.units], start=1):
        title = {"en": unit.title}.get(shape.language, next(filler)[:20].strip())
        lines.append(words["rec"].format(n=place, title=title))
        for criterion in unit.criteria:
            if shape.is_before_2018 and criterion.id in LATE:
                continue
            rating = SCALE[next(pattern) % 4]
            chapter, _, number = criterion.id.partition("/")[2].partition(".")
            shown = number.replace("bis", " مكرر") if shape.language == "ar" else number
            name = words["crit"].format(n=shape.number.format(chapter=chapter, number=shown))
            rated = shape.prints.format(rating=ratings[rating]) if shape.prints else ""
            text = " ".join((next(filler), next(filler)))
            lines.append(
                shape.heading.format(para=next(para), crit=name, bare=f"{chapter}.{number}", rated=rated, text=text)
            )
            made.page_of[criterion.id] = len(made.pages) + 1
            made.criteria[criterion.id] = rating
        whole = list(C)[place % 4]
        made.ratings[f"R.{place}"] = whole
        lines += [
            words["concl"],
            f"{next(para)}. {next(filler)} " + words["rated"].format(n=place, rating=ratings[whole]),
        ]
        if shape.has_notes:
            lines.append(f"NOTE {len(made.pages)} {next(filler)}")
        close()
    for place in range(1, shape.units + 1):
        code = str(made.ratings[f"R.{place}"])
        label = words["label"].format(n=place)
        lines.append(f"{label} – {next(filler)[:18].strip()} {CODES.get(shape.language, {}).get(code, code)}")
        factor = f"• {next(filler)} ({words['crit'].format(n=f'{place}.1')})"
        if code != "C":
            lines.append(factor)
            made.factors.append(f"R.{place}")
    close()
    return made


def save(made: MadeUp, shape: Shape, path: Path) -> Path:
    """Write a report as the kind of file that its name ends with."""
    if path.suffix == ".txt":
        path.write_text(_make_text(made, shape), encoding="utf-8")
    elif path.suffix == ".docx":
        path.write_bytes(_make_word(made))
    else:
        path.write_bytes(_make_pdf(made, shape))
    return path


def _make_text(made: MadeUp, shape: Shape) -> str:
    """Return pages of wrapped lines with hyphens, heads, feet and, with two columns, both side by side."""
    pages = []
    for number, page in enumerate(made.pages, start=1):
        notes = [line.partition(" ")[2] for line in page if line.startswith("NOTE")]
        columns = shape.columns if number < len(made.pages) else 1  # a table is as wide as the page
        body = [piece for line in page if not line.startswith("NOTE") for piece in _wrap(line, 84 // columns)]
        if columns == 2:
            half = (len(body) + 1) // 2
            pairs = itertools.zip_longest(body[:half], body[half:], fillvalue="")
            body = [f"{left:<46}{right}".rstrip() for left, right in pairs]
        if shape.has_heads:
            head = WORDS[shape.language]["head"]
            body = [f"{head} | {number}" if number % 2 else f"{number} | {head}", *body, *notes, f"   {number}"]
        else:
            body += notes
        pages.append("\n".join(body))
    return "\f".join(pages)


def _wrap(line: str, width: int) -> list[str]:
    """Return the pieces of a line; a word of ten letters or more at the end is cut with a hyphen."""
    pieces, current = [], ""
    for word in line.split():
        room = width - len(current) - 1
        if len(word) <= room or not current:
            current = f"{current} {word}".strip()
        elif len(word) >= 10 and room > 5 and word.isalpha() and word.isascii():
            pieces.append(f"{current} {word[:4]}-")
            current = word[4:]
        else:
            pieces.append(current)
            current = word
    return [*pieces, current]


def _make_word(made: MadeUp) -> bytes:
    from docx import Document
    from docx.enum.text import WD_BREAK

    document = Document()
    for number, page in enumerate(made.pages):
        for line in page:
            if line.startswith("NOTE"):
                continue
            document.add_paragraph(line)
        if number + 1 < len(made.pages):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _make_pdf(made: MadeUp, shape: Shape) -> bytes:
    import typst

    head = json.dumps(WORDS[shape.language]["head"], ensure_ascii=False)
    margin = f"header: [#text({head}) #h(1fr) | #context counter(page).display()]" if shape.has_heads else ""
    direction, hyphens = ("rtl", "false") if shape.language == "ar" else ("ltr", "true")
    text = [
        f'#set page(paper: "a4", columns: {shape.columns}, {margin})',
        f'#set text(size: 6pt, lang: "{shape.language}", dir: {direction}, hyphenate: {hyphens})',
        "#set par(justify: true)",
    ]
    for number, page in enumerate(made.pages):
        if number:
            text.append("#pagebreak()")
        for line in page:
            note = line.startswith("NOTE")
            content = json.dumps(line.split(" ", 2)[2] if note else line, ensure_ascii=False)
            text.append(f"#footnote[#text({content})]" if note else f"#par[#text({content})]")
    return typst.compile("\n".join(text).encode())


SHAPES: Mapping[str, Shape] = {
    "brackets": Shape(),
    "square": Shape(prints=" [{rating}]", heading="{crit}{rated} {text}"),
    "is-met": Shape(prints=" is {rating}.", heading="{crit}{rated} {text}", has_notes=False),
    "plain": Shape(prints="", heading="{para}. {crit} – {text}"),
    "columns": Shape(columns=2, heading="{crit}{rated} {text}"),
    "numbers-alone": Shape(heading="{bare}{rated} {text}", prints=" [{rating}]"),
    "numbers-unrated": Shape(heading="{bare} {text}", prints=""),
    "before-2018": Shape(is_before_2018=True),
    "without-heads": Shape(has_heads=False, has_notes=False),
    "fr": Shape(language="fr"),
    "es": Shape(language="es", heading="{crit}{rated}. {text}"),
    "ar": Shape(language="ar", number="{chapter}-{number}", heading="{crit}{rated} {text}", has_notes=False),
    "fifth-round": Shape(edition="fatf-2022"),
}
