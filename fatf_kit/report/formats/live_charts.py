"""Charts inside a page: the picture with what each mark says, where it leads, and which units it is about."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from fatf_kit.core.isolation import isolate_runs
from fatf_kit.core.languages import remove_unreadable
from fatf_kit.core.messages import Translator
from fatf_kit.report.charts import describe_chart, draw_chart
from fatf_kit.report.charts.svg import SPACE, parse_svg
from fatf_kit.report.charts.values import ChartValues, list_values
from fatf_kit.report.formats.facets import make_anchor
from fatf_kit.report.live import UnitNote
from fatf_kit.report.model import Chart, Document, Series, walk_sections

_MARKS = {mark: f"&#{mark};" for mark in (0x2066, 0x2067, 0x2069)}
"""The marks of a direction as references, because a page writes none as characters."""


class ChartEmbedder:
    """A writer of a document's charts into its page."""

    def __init__(self, document: Document, t: Translator) -> None:
        self._t = t
        self._language = document.language
        self._units: Mapping[str, UnitNote] = document.units
        self._anchors = {section.anchor for section in walk_sections(document.page)}

    def embed(self, chart: Chart) -> str:
        """Return the picture as markup. A row about one unit is a link to its section, where there is one."""
        values = list_values(chart, self._t)
        root = parse_svg(draw_chart(chart, language=self._language))
        for size in ("width", "height"):
            del root.attrib[size]
        marks = root.findall(f"{{{SPACE}}}g[@class='point']")
        is_linked = [self._decorate(mark, chart, values) for mark in marks]
        if any(is_linked):
            root.attrib |= {"role": "group", "aria-label": remove_unreadable(chart.heading)}
        else:
            root.set("aria-label", remove_unreadable(describe_chart(chart)))
        return ET.tostring(root, encoding="unicode").translate(_MARKS)

    def _decorate(self, mark: ET.Element, chart: Chart, values: ChartValues) -> bool:
        """Give a mark its words, its units and its link; return whether it has one."""
        row = int(mark.attrib.pop("data-row"))
        series = chart.series[row]
        title = ET.Element(f"{{{SPACE}}}title")
        lines = self._describe(series, values.describe(row, self._t))
        title.text = "\n".join(isolate_runs(line, self._t.direction, remove_unreadable) for line in lines)
        if series.units:
            mark.set("data-units", " ".join(map(make_anchor, series.units)))
        if chart.facet:
            for part in mark.findall(f"{{{SPACE}}}g[@class='part']"):
                part.set(f"data-{chart.facet}", chart.codes[int(part.attrib.pop("data-part"))])
        target = series.units[0] if len(series.units) == 1 and series.units[0] in self._anchors else ""
        if not target:
            mark.insert(0, title)
            return False
        link = ET.Element(f"{{{SPACE}}}a", {"href": f"#{make_anchor(target)}"})
        link.extend([title, *mark])
        for inner in list(mark):
            mark.remove(inner)
        mark.append(link)
        return True

    def _describe(self, series: Series, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a mark says: what is known of its unit, else the values of its row."""
        note = self._units.get(series.units[0]) if len(series.units) == 1 else None
        if note is None:
            return (series.label, *values)
        return (note.title, *(note.lines or values))
