"""Write the guides of `docs/` as pages that any browser opens, for the archive for machines without internet."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDES = {"en": "docs/guides", "ar": "docs/ar", "fr": "docs/fr"}
ENGLISH = ("start", "after-the-assessment", "adapting", "method", "limits", "formats")
"""Pages of docs/ beside the English guides; in the other languages all pages are in one folder."""


def write_guides(folder: Path) -> None:
    """Write the guides as pages that any browser opens, each in the direction of its language.

    A link leads to the page of the archive; one to a page that is not in it is left out, and its words stay.
    """
    from markdown import markdown

    pages = {
        source: folder / language / f"{source.stem}.html"
        for language, place in GUIDES.items()
        for source in sorted((ROOT / place).glob("*.md"))
    } | {ROOT / "docs" / f"{name}.md": folder / "en" / f"{name}.html" for name in ENGLISH}
    for source, target in pages.items():
        language = target.parent.name

        def link(found: re.Match[str], source: Path = source, target: Path = target) -> str:
            name, anchor, words = found.groups()
            page = pages.get((source.parent / name).resolve())
            href = page and os.path.relpath(page, target.parent).replace(os.sep, "/")
            return f'<a href="{href}{anchor}">{words}</a>' if href else words

        text = re.sub(r"<!--.*?-->", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        body = markdown(text, extensions=["tables", "fenced_code", "admonition", "attr_list", "md_in_html", "toc"])
        body = re.sub(r'<a href="([^":#]+)((?:#[^"]*)?)">(.*?)</a>', link, body, flags=re.DOTALL)
        direction = "rtl" if language == "ar" else "ltr"
        page = (
            f'<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
            f"<title>fatf-kit: {source.stem}</title>"
            "<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
            "pre{background:#f4f4f4;padding:.7rem;overflow:auto;direction:ltr;text-align:left}"
            "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .5rem}</style>"
            f"<body>{body}</body></html>\n"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")
