"""The same job as an analyst would write it in pandas, for `benchmarks/npo.py`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

PLACES = {"SY": 5, "TR;SY": 5, "SO": 5, "LB;JO": 3, "JO": 2, "FR": 2}
CHANNELS = {"bank": 1, "bank;cash": 4, "cash": 4, "hawala": 5, "bank;regulated_remitter": 3}
GIFTS = {"membership": 1, "named_gifts": 2, "boxes": 3, "street": 4, "unreconciled": 5}
KINDS = {
    "relief": 3,
    "health": 3,
    "education": 3,
    "social": 3,
    "housing": 3,
    "culture": 2,
    "sport": 2,
    "environment": 2,
}
MATRIX = np.array([[0, 0, 0, 1, 1], [0, 0, 1, 1, 2], [1, 1, 2, 2, 3], [1, 2, 2, 3, 4], [2, 2, 3, 4, 4]])
BANDS = np.array(["low", "medium-low", "medium", "medium-high", "high"], dtype=object)
CLASSES = np.array(["low", "low", "medium", "high", "high"], dtype=object)
WEIGHTS = {
    "T01": 2, "T02": 2, "T07": 2.5, "T10": 1.5, "V01": 1, "V02": 1.5, "V03": 1, "V04": 1, "V05": 1.5, "V06": 1,
    "V10": 0.75, "V11": 0.75, "V12": 0.5, "V13": 0.5, "V14": 0.75, "M02": 1, "M03": 0.75, "M04": 1, "M06": 1.25,
}  # fmt: skip


def classify(path: Path, target: Path) -> None:
    """Read, rate, count and write."""
    df = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    f = _levels(df)
    known = pd.Series(0.0, index=df.index)
    score = {}
    for letter in "TVM":
        names = [name for name in f if name[0] == letter]
        total = sum(f[name].fillna(0) * WEIGHTS[name] for name in names)
        weight = sum(f[name].notna() * WEIGHTS[name] for name in names)
        score[letter] = total / weight.where(weight > 0)
        known += weight
    top = pd.concat([f[name] for name in f if name[0] == "T"], axis=1).max(axis=1)
    threat = 0.6 * top + 0.4 * score["T"]
    level = {k: (1 + sum((s >= cut).astype(int) for cut in (1.5, 2.5, 3.5, 4.5))) for k, s in
             (("T", threat), ("V", score["V"]))}  # fmt: skip
    band = MATRIX[level["T"] - 1, level["V"] - 1]
    hard = (f["T07"] >= 4) | (f["T10"] >= 4)
    residual = np.maximum(band - ((score["M"] >= 4) & ~hard).astype(int), 0)
    good = df["purpose"].isin(["charitable", "educational", "cultural", "social", "religious"])
    inside = good & (df["raises_or_disburses"] == "yes") & df["status"].ne("dormant") & df["status"].ne("dissolved")
    inside &= ~df["legal_form"].isin(["club", "union"])
    reasons = pd.Series("", index=df.index)
    for name, levels in f.items():
        told = levels <= 2 if name[0] == "M" else levels >= (2 if name[0] == "T" else 4)
        reasons = reasons.where(~told, reasons + name + "=" + levels.fillna(0).astype(int).astype(str) + "; ")
    out = pd.DataFrame({
        "npo_id": df["npo_id"], "scope": np.where(inside, "in", "out"),
        "class": np.where(inside, CLASSES[residual], ""),
        "band": np.where(inside, BANDS[residual], ""), "known": (known / 46.75).round(2), "threat": threat.round(2),
        "vulnerability": score["V"].round(2), "mitigation": score["M"].round(2), "reasons": reasons,
        **{name: levels.astype("Int8") for name, levels in f.items()},
    })  # fmt: skip
    df["class"], df["money"] = out["class"], pd.to_numeric(df["total_spending"], errors="coerce")
    for column in ("activity", "region", "legal_form"):
        df[inside].groupby([column, "class"], dropna=False).agg(n=("npo_id", "size"), money=("money", "sum"))
    out["npo_id"].duplicated().sum()
    out.to_csv(target, index=False)


def _levels(df: pd.DataFrame) -> dict[str, pd.Series]:
    def number(column: str) -> pd.Series:
        return pd.to_numeric(df[column].str.rstrip("%"), errors="coerce")

    def steps(values: pd.Series, *cuts: float) -> pd.Series:
        return pd.cut(values, [-np.inf, *cuts, np.inf], labels=False).astype(float) + 1

    age = (pd.Timestamp("2026-11-24") - pd.to_datetime(df["registration_date"], errors="coerce")).dt.days / 365.25
    filed = number("filings_received")
    income = number("total_income")
    return {
        "T01": df["region"].eq("Province 3").map({True: 4.0, False: 1.0}),
        "T02": df["operating_countries"].map(PLACES).fillna(df["works_abroad"].map({"yes": 2, "no": 1})),
        "T07": number("screening_result"),
        "T10": number("verification"),
        "V01": df["activity"].map(KINDS),
        "V02": steps(number("overseas_spend_share") / 100, 0, 0.05, 0.25, 0.6),
        "V03": steps(number("foreign_income_share") / 100, 0, 0.1, 0.4),
        "V04": steps(number("cash_income_share"), 0.05, 0.15, 0.35, 0.6),
        "V05": df["payment_channels"].map(CHANNELS),
        "V06": df["fundraising_methods"].map(GIFTS),
        "V10": df["legal_form"].map({"company": 2, "association": 3}),
        "V11": steps(number("branches"), 1),
        "V12": steps(income, *income.quantile([0.2, 0.4, 0.6, 0.8]).unique()),
        "V13": 5 - steps(age, 2, 5, 10),
        "V14": steps(3 - filed, 0, 1, 2),
        "M02": steps(number("trustees"), 1, 2),
        "M03": steps(filed / 3, 0, 0.49, 0.79, 0.99),
        "M04": number("accounts_examined"),
        "M06": number("partner_checks"),
    }
