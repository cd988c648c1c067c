"""The lab values are whole, can be found, and their two units say the same."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise

import pytest

from drill.core.labs import LabRow
from drill.usecases.lab_values import lab_values

LABS = lab_values()
NUMBER = re.compile(r"(?<![A-Za-z⁰-⁹])\d[\d,]*(?:\.\d+)?")

FACTORS = {
    "Urea nitrogen": 0.357, "Creatinine": 88.4, "Glucose, fasting": 0.0555, "Glucose, 2 h after 75 g": 0.0555,
    "Calcium, total": 0.2495, "Calcium, ionized": 0.2495, "Magnesium": 0.4114, "Phosphorus": 0.3229,
    "Uric acid": 59.48, "Lactate, venous": 0.111, "Ammonia, plasma": 0.587, "Bilirubin, total": 17.1,
    "Bilirubin, direct": 17.1, "Protein, total": 10, "Albumin": 10, "Globulin": 10, "Prealbumin": 10,
    "Ceruloplasmin": 10, "Alpha-1 antitrypsin": 0.01, "Haptoglobin": 0.01, "Cholesterol, total": 0.02586,
    "LDL cholesterol": 0.02586, "HDL cholesterol": 0.02586, "Triglycerides, fasting": 0.01129, "Iron": 0.179,
    "Total iron-binding capacity": 0.179, "Transferrin": 0.01, "Vitamin B12": 0.738, "Folate": 2.266,
    "25-hydroxyvitamin D": 2.496, "1,25-dihydroxyvitamin D": 2.4, "Zinc": 0.153, "Copper": 0.157,
    "Lead, blood": 0.0483, "C-reactive protein": 10, "Complement C3": 0.01, "Complement C4": 0.01,
    "Immunoglobulin G": 0.01, "Immunoglobulin A": 0.01, "Immunoglobulin M": 0.01, "Immunoglobulin E, total": 2.4,
    "Thyroxine, free": 12.87, "Thyroxine, total": 12.87, "Triiodothyronine, total": 0.01536,
    "Parathyroid hormone, intact": 0.106, "Cortisol, 8 AM": 27.59, "Cortisol, 4 PM": 27.59,
    "Cortisol after 1 mg dexamethasone": 27.59, "Corticotropin, 8 AM": 0.2202, "Aldosterone, upright": 27.74,
    "Testosterone, total": 0.03467, "Estradiol, follicular": 3.671, "Estradiol, postmenopausal": 3.671,
    "Progesterone, luteal": 3.18, "17-hydroxyprogesterone, morning": 0.03026, "Insulin, fasting": 6.0,
    "C-peptide, fasting": 0.331, "Hemoglobin": 10, "Hematocrit": 0.01, "Mean corpuscular Hb concentration": 10,
    "Reticulocytes": 0.01, "Fibrinogen": 0.01, "D-dimer": 0.001, "PaCO2": 0.1333, "PaO2": 0.1333,
    "Albumin-creatinine ratio": 0.1131, "Protein-creatinine ratio": 0.1131, "Cortisol, free": 2.759,
    "Vanillylmandelic acid": 5.046, "5-hydroxyindoleacetic acid": 5.23, "Oxalate": 0.01136,
}  # fmt: skip
"""SI = conventional x factor: from molar masses, and 0.1333 kPa in 1 mm Hg."""
BY_GROUP = {
    ("Cerebrospinal fluid", "Protein"): 0.01, ("Cerebrospinal fluid", "Glucose"): 0.0555,
    ("Urine", "Protein"): 0.001, ("Urine", "Calcium"): 0.02495, ("Urine", "Uric acid"): 0.005948,
    ("Hematology", "Leukocytes"): 0.001, ("Hematology", "Platelets"): 0.001,
    ("Hematology", "CD4 T lymphocytes"): 0.001,
}  # fmt: skip
SAME_NUMBERS = 1.0
NOT_CONVERTED = {"Hemoglobin A1c"}


def numbers(text: str) -> list[float]:
    return [
        float(found.replace(",", ""))
        for found in NUMBER.findall(text.replace("×10⁹/L", "").replace("/24 h", ""))
    ]


@pytest.mark.parametrize("row", [row for row in LABS if row.si], ids=lambda row: f"{row.group}: {row.name}")
def test_the_two_units_say_the_same(row: LabRow) -> None:
    if row.name in NOT_CONVERTED:
        return
    factor = BY_GROUP.get((row.group, row.name), FACTORS.get(row.name, SAME_NUMBERS))
    customary, si = numbers(row.value), numbers(row.si)
    if row.name == "Glucose" and row.group == "Cerebrospinal fluid":
        customary = customary[:2]
    assert len(customary) == len(si)
    for one, other in zip(customary, si, strict=True):
        assert one * factor == pytest.approx(other, rel=0.06, abs=0.05)


def test_hemoglobin_a1c_follows_the_master_equation() -> None:
    row = next(row for row in LABS if row.name == "Hemoglobin A1c")
    assert round(10.93 * numbers(row.value)[0] - 23.5) == numbers(row.si)[0]


def test_ranges_run_upwards() -> None:
    for row in LABS:
        for text in (row.value, row.si):
            for low, high in re.findall(r"([\d.,]+)–([\d.,]+)", text):
                assert float(low.replace(",", "")) < float(high.replace(",", "")), row


def test_each_row_is_there_once_and_groups_stand_together() -> None:
    assert Counter((row.group, row.name) for row in LABS).most_common(1)[0][1] == 1
    groups = [group for group, _ in groupby(LABS, key=lambda row: row.group)]
    assert len(groups) == len(set(groups)) == 13


def test_each_row_has_a_number_and_no_stray_space() -> None:
    for row in LABS:
        assert NUMBER.search(row.value), row
        for text in (row.name, row.value, row.si, *row.aliases):
            assert text == " ".join(text.split())
            assert "-" not in re.sub(r"[A-Za-z]-|-[A-Za-z]|\d-[a-z]|[a-z]-\d|\d-\d", "", text), text


def test_what_is_worked_out_from_others_fits() -> None:
    by_name = {(row.group, row.name): numbers(row.value) for row in LABS}
    sodium, chloride, bicarbonate, gap = (
        sum(by_name["Serum chemistry", name]) / 2
        for name in ("Sodium", "Chloride", "Bicarbonate", "Anion gap")
    )
    assert gap - 4 <= sodium - chloride - bicarbonate <= gap + 4
    protein, albumin, globulin = (
        sum(by_name["Liver, pancreas, proteins", name]) / 2
        for name in ("Protein, total", "Albumin", "Globulin")
    )
    assert protein == pytest.approx(albumin + globulin, abs=0.5)
    hemoglobin, hematocrit = by_name["Hematology", "Hemoglobin"], by_name["Hematology", "Hematocrit"]
    for grams, percent in zip(hemoglobin, hematocrit, strict=True):
        assert grams * 3 == pytest.approx(percent, rel=0.05)
    overweight = by_name["Other", "Body mass index, overweight"]
    edges = [
        *by_name["Other", "Body mass index, normal"],
        *overweight,
        *by_name["Other", "Body mass index, obesity"],
    ]
    assert all(low < high for low, high in pairwise(edges))


@pytest.mark.parametrize("wanted", ["TSH", "ALT", "WBC", "INR", "BMI", "BUN", "lactic acid", "FSH"])
def test_a_row_is_found_by_its_abbreviation(wanted: str) -> None:
    assert any(wanted in row.label for row in LABS)


def test_label_and_value_are_fit_to_be_shown() -> None:
    row = next(row for row in LABS if row.name == "Urea nitrogen")
    assert (row.label, row.value, row.si) == ("Urea nitrogen (BUN)", "8–20 mg/dL", "2.9–7.1 mmol/L")
    assert all(len(row.value) <= 34 for row in LABS)
