"""Classify and write three million rows by twenty-five columns, against DuckDB's bare load of the same file.

Each measurement runs in a process of its own; the ratio is within one run, so that a busy machine slows both sides
alike. The aim is at most four times the load and less than 1 GB. Nothing is asserted here: read the ratio.

Run: python benchmarks/npo.py [--rows 3000000]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROWS = 3_000_000
SETTINGS = {
    "schema": "fatf-kit/npo-settings/1",
    "home_country": "IQ",
    "countries": [{"country": "SY", "level": 5}, {"country": "SO", "level": 5}, {"country": "LB", "level": 3}],
    "areas": [{"area": "Province 3", "level": 4}],
}


def make(path: Path, rows: int) -> None:
    """A register of so many rows, the same every time; about a third of its cells are blank."""
    import duckdb

    def chance(key: int) -> str:
        return f"CAST(hash(i * 31 + {key}) % 1000 AS BIGINT)"

    def pick(key: int, *values: str) -> str:
        listed = ", ".join(f"'{value}'" for value in values)
        return f"[{listed}][1 + ({chance(key)} * {len(values)}) // 1000]"

    def some(key: int, expression: str, missing: int) -> str:
        return f"CASE WHEN {chance(key + 100)} < {missing} THEN NULL ELSE {expression} END"

    levels = ("1",) * 20 + ("2", "3", "5")
    columns = {
        "npo_id": "printf('N-%07d', i)",
        "legal_form": pick(1, "association", "foundation", "trust", "company", "waqf", "club", "union"),
        "status": pick(2, *("active",) * 7, "dormant", "dissolved", ""),
        "registration_date": some(
            3, f"strftime(DATE '1990-01-01' + CAST({chance(3)} * 13 AS INTEGER), '%Y-%m-%d')", 50
        ),
        "region": pick(4, *(f"Province {n}" for n in range(1, 19))),
        "activity": pick(5, "relief", "health", "education", "culture", "sport", "housing", "environment", "religious",
                         "social", "other"),
        "purpose": pick(6, "charitable", "educational", "cultural", "social", "religious", "commercial", ""),
        "raises_or_disburses": pick(7, "yes", "yes", "yes", "no", ""),
        "total_income": some(8, f"CAST(CAST(exp({chance(8)} / 60.0) AS BIGINT) AS VARCHAR)", 150),
        "total_spending": some(9, f"CAST(CAST(exp({chance(8)} / 60.0) * 0.9 AS BIGINT) AS VARCHAR)", 200),
        "works_abroad": some(10, pick(10, "yes", "no", "no", "no"), 200),
        "operating_countries": some(11, pick(12, "SY", "TR;SY", "JO", "LB;JO", "FR", "SO"), 900),
        "overseas_spend_share": some(13, f"CAST(({chance(13)} // 10) AS VARCHAR) || '%'", 400),
        "foreign_income_share": some(14, f"CAST(({chance(14)} // 10) AS VARCHAR) || '%'", 400),
        "cash_income_share": some(15, f"printf('%.2f', {chance(15)} / 1000.0)", 400),
        "payment_channels": some(16, pick(16, "bank", "bank;cash", "cash", "hawala", "bank;regulated_remitter"), 300),
        "fundraising_methods": some(17, pick(17, "membership", "named_gifts", "boxes", "street", "unreconciled"), 300),
        "branches": some(18, f"CAST({chance(18)} // 100 AS VARCHAR)", 300),
        "filings_due": "'3'",
        "filings_received": f"CAST({chance(19)} * 4 // 1000 AS VARCHAR)",
        "accounts_examined": some(20, pick(20, "1", "2", "3", "4", "5"), 300),
        "trustees": some(21, f"CAST(1 + {chance(21)} // 150 AS VARCHAR)", 100),
        "screening_result": some(22, pick(22, *levels), 300),
        "verification": some(23, pick(23, *levels), 300),
        "partner_checks": some(24, pick(24, "1", "2", "3", "4", "5"), 500),
    }  # fmt: skip
    listed = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    duckdb.connect().execute(f"COPY (SELECT {listed} FROM range({rows}) t(i)) TO '{path}' (HEADER)")


def load(path: Path, _: Path) -> None:
    """The engine reads the file into a table as text, within the memory that the classification has."""
    import duckdb

    engine = duckdb.connect()
    engine.execute("SET memory_limit = '600MB'")
    engine.execute(f"CREATE TEMP TABLE r AS SELECT * FROM read_csv('{path}', all_varchar = true)")


def kit(path: Path, folder: Path) -> None:
    """The whole job: read, check, classify, count, write."""
    from fatf_kit.npo.functions import npo_classify

    (folder / "settings.json").write_text(json.dumps(SETTINGS))
    with TemporaryDirectory(dir=folder) as out:
        npo_classify(path, Path(out) / "out", settings=folder / "settings.json")


JOBS = {"load": load, "kit": kit}


def run(job: str, path: Path, folder: Path) -> dict[str, float]:
    """One job in a process of its own: seconds of wall and processor time, peak memory in MB."""
    command = [sys.executable, __file__, "--job", job, "--path", str(path), "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(job: str, path: Path, folder: Path) -> None:
    """Do the job here and print what it took."""
    import resource

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    begun = time.perf_counter()
    JOBS[job](path, folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    wall = time.perf_counter() - begun
    print(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss / 1024}))


def main() -> None:
    """Print what each job took, and the ratio."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--job")
    options.add_argument("--path", type=Path)
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.job:
        measure(given.job, given.path, given.folder)
        return
    with TemporaryDirectory(prefix="fatf-kit-benchmark-") as name:
        path = Path(name) / "register.csv"
        make(path, given.rows)
        took = {job: run(job, path, Path(name)) for job in JOBS}
    for job, found in took.items():
        print(f"{job:5} wall {found['wall']:7.2f} s  cpu {found['cpu']:7.2f} s  {found['mb']:6.0f} MB")
    wall, cpu = (took["kit"][key] / took["load"][key] for key in ("wall", "cpu"))
    print(f"ratio wall {wall:.2f}, cpu {cpu:.2f}")


if __name__ == "__main__":
    main()
