"""The register of laws of an assessment folder, with what the answers cite matched with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from fatf_kit.assessed.folder import Folder, FolderPart
from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.model import InputFile, ResponseSet
from fatf_kit.assessment.folder.model import LAWS
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import Framework
from fatf_kit.laws.book import read_register
from fatf_kit.laws.checks import check_register
from fatf_kit.laws.citations import ResolvedCitation, collect_citations
from fatf_kit.laws.deadlines import count_late_bills, list_deadlines
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import LawRegister, SpellingState
from fatf_kit.laws.translations import count_untranslated
from fatf_kit.scoring import Assessment


@dataclass(frozen=True, kw_only=True)
class FolderLaws(FolderPart):
    """The register of laws, empty where there is none, and the answers whose citations are matched with it.

    `last_day` is the last day on which a law counts, None where the settings name none.
    """

    matcher: CitationMatcher
    responses: ResponseSet
    last_day: date | None

    @property
    def register(self) -> LawRegister:
        """The register of laws."""
        return self.matcher.register

    @cached_property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Every citation in the answers, matched with the register."""
        return collect_citations(self.responses, self.matcher)

    def add_evidence(self, proof: EvidenceFacts) -> EvidenceFacts:
        """Give each cited instrument the kind, dates and id that the register has."""
        return apply_register(proof, self.register, self.matcher)

    def list_inputs(self) -> tuple[InputFile, ...]:
        """List laws.xlsx."""
        file = self.register.file
        return (InputFile(name=file, sha256=self.register.sha256),) if file else ()

    def check(self, assessment: Assessment) -> tuple[Problem, ...]:
        """List the contradictions of the register; none without an instrument."""
        if not self.register.instruments:
            return ()
        day, country = assessment.cut_off, self.matcher.country
        return check_register(self.register, self.responses, self.citations, country=country, cut_off=day)

    def list_counts(self, day: date, t: Translator) -> Iterator[tuple[int, str]]:
        """Yield how many bills are overdue, and how many instruments in force lack a current translation."""
        yield count_late_bills(self.register, day), t("bills are late")
        yield count_untranslated(self.register, self.last_day or day), t("instruments lack a current translation")

    def list_dates(self, t: Translator) -> Iterator[tuple[date, str]]:
        """Yield the deadlines of bills and translations."""
        yield from ((deadline.day, deadline.text) for deadline in list_deadlines(self.register, t))

    def list_steps(self, t: Translator) -> Iterator[tuple[str, str]]:
        """Yield the spellings to decide, and the proposed instruments to check."""
        if spellings := sum(spelling.state is SpellingState.PROPOSED for spelling in self.register.spellings):
            text = t.plural(
                "Decide which law {n} citation in the register of laws refers to",
                "Decide which law each of the {n} citations in the register of laws refers to",
                spellings,
            )
            yield text, LAWS
        if proposed := sum(instrument.is_proposed for instrument in self.register.instruments):
            text = t.plural(
                "Check {n} proposed instrument of the register of laws",
                "Check {n} proposed instruments of the register of laws",
                proposed,
            )
            yield text, LAWS


def read_part(folder: Folder) -> tuple[FolderLaws, tuple[Problem, ...]]:
    """Read the register of laws of an assessment folder."""
    register, problems = read_laws(folder.workspace.path, folder.framework)
    return _match(register, folder), problems


def find_laws(folder: Folder) -> FolderLaws:
    """Find the laws of a folder; with an empty register where it has no laws.xlsx."""
    return folder[FolderLaws] or _match(LawRegister(), folder)


def read_laws(path: Path, framework: Framework) -> tuple[LawRegister, tuple[Problem, ...]]:
    """Return the register of laws of a folder with its problems; an empty one where there is none."""
    file = path / LAWS
    return read_register(file, framework) if file.is_file() else (LawRegister(), ())


def _match(register: LawRegister, folder: Folder) -> FolderLaws:
    settings = folder.workspace.settings
    matcher = CitationMatcher(register, settings.country)
    return FolderLaws(matcher=matcher, responses=folder.responses, last_day=settings.last_day)
