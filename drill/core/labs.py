"""Adult laboratory reference ranges, as they are at hand during a block.

An own compilation of rounded, commonly taught adult ranges, not copied from any one table. A laboratory's own
ranges differ with method and population, and a question that prints a range means its own. Where a decision
limit has taken the place of a range (glucose, lipids, HbA1c, body mass index, albuminuria) the limit of the
guideline is given. References to check a row against: Kratz A et al., Laboratory reference values, N Engl J
Med 2004;351:1548-63; Rifai N (ed.), Tietz Textbook of Laboratory Medicine; MSD Manual, Professional Version,
Normal Laboratory Values; MedlinePlus medical tests (U.S. National Library of Medicine); American Diabetes
Association, Standards of Care; KDIGO 2024 (kidney); WHO (body mass index). More in docs/lab-values.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabRow:
    """One reference range. M = men, W = women."""

    group: str
    name: str
    value: str
    """Range in the units customary in the United States."""
    si: str = ""
    """The same in SI units, where other numbers are used; else empty."""
    aliases: tuple[str, ...] = ()
    """Other names and abbreviations, to be found by."""

    @property
    def label(self) -> str:
        """Name with its other names: "Alanine aminotransferase (ALT, SGPT)"."""
        return f"{self.name} ({', '.join(self.aliases)})" if self.aliases else self.name

    @property
    def shown(self) -> str:
        """Range in both units where they differ: "8–20 mg/dL (2.9–7.1 mmol/L)"."""
        return f"{self.value} ({self.si})" if self.si else self.value


_SERUM = "Serum chemistry"
_LIVER = "Liver, pancreas, proteins"
_HEART = "Heart and muscle"
_LIPIDS = "Lipids"
_IRON = "Iron, vitamins, metals"
_IMMUNE = "Inflammation, immunity, tumor markers"
_ENDOCRINE = "Endocrine"
_BLOOD = "Hematology"
_COAGULATION = "Coagulation"
_GAS = "Arterial blood gas (room air, sea level)"
_CSF = "Cerebrospinal fluid"
_URINE = "Urine"
_OTHER = "Other"

LABS: tuple[LabRow, ...] = (
    LabRow(_SERUM, "Sodium", "136–145 mEq/L", "", ("Na",)),
    LabRow(_SERUM, "Potassium", "3.5–5.0 mEq/L", "", ("K",)),
    LabRow(_SERUM, "Chloride", "98–106 mEq/L", "", ("Cl",)),
    LabRow(_SERUM, "Bicarbonate", "22–28 mEq/L", "", ("HCO3", "CO2")),
    LabRow(_SERUM, "Anion gap", "8–12 mEq/L"),
    LabRow(_SERUM, "Urea nitrogen", "8–20 mg/dL", "2.9–7.1 mmol/L", ("BUN",)),
    LabRow(_SERUM, "Creatinine", "M 0.7–1.3, W 0.6–1.1 mg/dL", "M 62–115, W 53–97 µmol/L", ("Cr",)),
    LabRow(_SERUM, "Estimated GFR", "≥90 mL/min/1.73 m²", "", ("eGFR",)),
    LabRow(_SERUM, "Glucose, fasting", "70–99 mg/dL", "3.9–5.5 mmol/L"),
    LabRow(_SERUM, "Glucose, 2 h after 75 g", "<140 mg/dL", "<7.8 mmol/L", ("OGTT",)),
    LabRow(_SERUM, "Hemoglobin A1c", "<5.7%", "<39 mmol/mol", ("HbA1c",)),
    LabRow(_SERUM, "Calcium, total", "8.6–10.2 mg/dL", "2.15–2.55 mmol/L", ("Ca",)),
    LabRow(_SERUM, "Calcium, ionized", "4.6–5.3 mg/dL", "1.15–1.32 mmol/L"),
    LabRow(_SERUM, "Magnesium", "1.6–2.6 mg/dL", "0.66–1.07 mmol/L", ("Mg",)),
    LabRow(_SERUM, "Phosphorus", "2.5–4.5 mg/dL", "0.81–1.45 mmol/L", ("phosphate",)),
    LabRow(_SERUM, "Uric acid", "M 3.5–7.2, W 2.6–6.0 mg/dL", "M 208–428, W 155–357 µmol/L", ("urate",)),
    LabRow(_SERUM, "Osmolality", "275–295 mOsm/kg"),
    LabRow(_SERUM, "Lactate, venous", "4.5–20 mg/dL", "0.5–2.2 mmol/L", ("lactic acid",)),
    LabRow(_SERUM, "Ammonia, plasma", "15–45 µg/dL", "9–26 µmol/L", ("NH3",)),
    LabRow(_LIVER, "Alanine aminotransferase", "10–40 U/L", "", ("ALT", "SGPT")),
    LabRow(_LIVER, "Aspartate aminotransferase", "10–40 U/L", "", ("AST", "SGOT")),
    LabRow(_LIVER, "Alkaline phosphatase", "40–120 U/L", "", ("ALP",)),
    LabRow(_LIVER, "Gamma-glutamyltransferase", "M 8–60, W 5–40 U/L", "", ("GGT",)),
    LabRow(_LIVER, "Bilirubin, total", "0.2–1.2 mg/dL", "3.4–20.5 µmol/L"),
    LabRow(_LIVER, "Bilirubin, direct", "0–0.3 mg/dL", "0–5 µmol/L", ("conjugated",)),
    LabRow(_LIVER, "Lactate dehydrogenase", "140–280 U/L", "", ("LDH",)),
    LabRow(_LIVER, "Protein, total", "6.0–8.0 g/dL", "60–80 g/L"),
    LabRow(_LIVER, "Albumin", "3.5–5.0 g/dL", "35–50 g/L"),
    LabRow(_LIVER, "Globulin", "2.0–3.5 g/dL", "20–35 g/L"),
    LabRow(_LIVER, "Prealbumin", "15–36 mg/dL", "150–360 mg/L", ("transthyretin",)),
    LabRow(_LIVER, "Ceruloplasmin", "20–35 mg/dL", "200–350 mg/L"),
    LabRow(_LIVER, "Alpha-1 antitrypsin", "100–200 mg/dL", "1.0–2.0 g/L", ("AAT",)),
    LabRow(_LIVER, "Haptoglobin", "30–200 mg/dL", "0.3–2.0 g/L"),
    LabRow(_LIVER, "Amylase", "30–110 U/L"),
    LabRow(_LIVER, "Lipase", "0–160 U/L"),
    LabRow(_HEART, "Troponin I, conventional", "<0.04 ng/mL", "<0.04 µg/L"),
    LabRow(_HEART, "Troponin T, high-sensitivity", "M <22, W <14 ng/L", "", ("hs-cTnT",)),
    LabRow(_HEART, "Creatine kinase", "M 40–200, W 30–150 U/L", "", ("CK", "CPK")),
    LabRow(_HEART, "Creatine kinase MB", "<5 ng/mL", "<5 µg/L", ("CK-MB",)),
    LabRow(_HEART, "B-type natriuretic peptide", "<100 pg/mL", "<100 ng/L", ("BNP",)),
    LabRow(_HEART, "N-terminal proBNP", "<125 pg/mL", "<125 ng/L", ("NT-proBNP",)),
    LabRow(_LIPIDS, "Cholesterol, total", "<200 mg/dL", "<5.2 mmol/L"),
    LabRow(_LIPIDS, "LDL cholesterol", "<100 mg/dL optimal", "<2.6 mmol/L"),
    LabRow(_LIPIDS, "HDL cholesterol", "M ≥40, W ≥50 mg/dL", "M ≥1.0, W ≥1.3 mmol/L"),
    LabRow(_LIPIDS, "Triglycerides, fasting", "<150 mg/dL", "<1.7 mmol/L"),
    LabRow(_IRON, "Iron", "60–170 µg/dL", "11–30 µmol/L", ("Fe",)),
    LabRow(_IRON, "Total iron-binding capacity", "250–450 µg/dL", "45–81 µmol/L", ("TIBC",)),
    LabRow(_IRON, "Transferrin", "200–360 mg/dL", "2.0–3.6 g/L"),
    LabRow(_IRON, "Transferrin saturation", "20–50%"),
    LabRow(_IRON, "Ferritin", "M 30–300, W 15–200 ng/mL", "M 30–300, W 15–200 µg/L"),
    LabRow(_IRON, "Vitamin B12", "200–900 pg/mL", "148–664 pmol/L", ("cobalamin",)),
    LabRow(_IRON, "Folate", "≥4 ng/mL", "≥9 nmol/L", ("folic acid",)),
    LabRow(_IRON, "Homocysteine, plasma", "5–15 µmol/L"),
    LabRow(_IRON, "Methylmalonic acid", "<0.40 µmol/L", "", ("MMA",)),
    LabRow(_IRON, "25-hydroxyvitamin D", "20–50 ng/mL", "50–125 nmol/L", ("calcidiol",)),
    LabRow(_IRON, "1,25-dihydroxyvitamin D", "20–60 pg/mL", "48–144 pmol/L", ("calcitriol",)),
    LabRow(_IRON, "Zinc", "70–120 µg/dL", "10.7–18.4 µmol/L", ("Zn",)),
    LabRow(_IRON, "Copper", "70–140 µg/dL", "11–22 µmol/L", ("Cu",)),
    LabRow(_IRON, "Lead, blood", "<3.5 µg/dL", "<0.17 µmol/L", ("Pb",)),
    LabRow(_IMMUNE, "Sedimentation rate", "M 0–15, W 0–20 mm/h", "", ("ESR",)),
    LabRow(_IMMUNE, "C-reactive protein", "<1.0 mg/dL", "<10 mg/L", ("CRP",)),
    LabRow(_IMMUNE, "Procalcitonin", "<0.1 ng/mL", "<0.1 µg/L", ("PCT",)),
    LabRow(_IMMUNE, "Complement C3", "90–180 mg/dL", "0.9–1.8 g/L"),
    LabRow(_IMMUNE, "Complement C4", "10–40 mg/dL", "0.1–0.4 g/L"),
    LabRow(_IMMUNE, "Immunoglobulin G", "700–1,600 mg/dL", "7–16 g/L", ("IgG",)),
    LabRow(_IMMUNE, "Immunoglobulin A", "70–400 mg/dL", "0.7–4.0 g/L", ("IgA",)),
    LabRow(_IMMUNE, "Immunoglobulin M", "40–230 mg/dL", "0.4–2.3 g/L", ("IgM",)),
    LabRow(_IMMUNE, "Immunoglobulin E, total", "<100 IU/mL", "<240 µg/L", ("IgE",)),
    LabRow(_IMMUNE, "Antinuclear antibodies", "≤1:40", "", ("ANA",)),
    LabRow(_IMMUNE, "Rheumatoid factor", "<20 IU/mL", "", ("RF",)),
    LabRow(_IMMUNE, "Alpha-fetoprotein", "<10 ng/mL", "<10 µg/L", ("AFP",)),
    LabRow(_IMMUNE, "Carcinoembryonic antigen", "<3 ng/mL; smokers <5", "<3 µg/L; smokers <5", ("CEA",)),
    LabRow(_IMMUNE, "CA 19-9", "<37 U/mL"),
    LabRow(_IMMUNE, "CA-125", "<35 U/mL"),
    LabRow(_IMMUNE, "Prostate-specific antigen", "often <4 ng/mL; no sharp limit", "", ("PSA",)),
    LabRow(_ENDOCRINE, "Thyroid-stimulating hormone", "0.4–4.0 µU/mL", "0.4–4.0 mIU/L", ("TSH",)),
    LabRow(_ENDOCRINE, "Thyroxine, free", "0.8–1.8 ng/dL", "10–23 pmol/L", ("free T4",)),
    LabRow(_ENDOCRINE, "Thyroxine, total", "5–12 µg/dL", "64–154 nmol/L", ("T4",)),
    LabRow(_ENDOCRINE, "Triiodothyronine, total", "80–200 ng/dL", "1.2–3.1 nmol/L", ("T3",)),
    LabRow(_ENDOCRINE, "Parathyroid hormone, intact", "10–65 pg/mL", "1.1–6.9 pmol/L", ("PTH",)),
    LabRow(_ENDOCRINE, "Cortisol, 8 AM", "5–25 µg/dL", "138–690 nmol/L"),
    LabRow(_ENDOCRINE, "Cortisol, 4 PM", "3–16 µg/dL", "83–441 nmol/L"),
    LabRow(_ENDOCRINE, "Cortisol after 1 mg dexamethasone", "<1.8 µg/dL", "<50 nmol/L"),
    LabRow(_ENDOCRINE, "Corticotropin, 8 AM", "10–60 pg/mL", "2.2–13.2 pmol/L", ("ACTH",)),
    LabRow(_ENDOCRINE, "Aldosterone, upright", "4–31 ng/dL", "111–860 pmol/L"),
    LabRow(_ENDOCRINE, "Renin activity, upright", "0.5–4.0 ng/mL/h", "", ("PRA",)),
    LabRow(_ENDOCRINE, "Metanephrine, plasma free", "<0.5 nmol/L"),
    LabRow(_ENDOCRINE, "Normetanephrine, plasma free", "<0.9 nmol/L"),
    LabRow(_ENDOCRINE, "Prolactin", "M <20, W <25 ng/mL", "M <20, W <25 µg/L", ("PRL",)),
    LabRow(_ENDOCRINE, "Growth hormone, fasting", "<5 ng/mL", "<5 µg/L", ("GH",)),
    LabRow(_ENDOCRINE, "Follitropin, men", "1–12 mIU/mL", "1–12 IU/L", ("FSH",)),
    LabRow(_ENDOCRINE, "Follitropin, women, follicular", "3–12 mIU/mL", "3–12 IU/L", ("FSH",)),
    LabRow(_ENDOCRINE, "Follitropin, postmenopausal", ">25 mIU/mL", ">25 IU/L", ("FSH",)),
    LabRow(_ENDOCRINE, "Lutropin, men", "2–9 mIU/mL", "2–9 IU/L", ("LH",)),
    LabRow(_ENDOCRINE, "Lutropin, women, follicular", "2–13 mIU/mL", "2–13 IU/L", ("LH",)),
    LabRow(_ENDOCRINE, "Lutropin, women, midcycle", "14–96 mIU/mL", "14–96 IU/L", ("LH",)),
    LabRow(_ENDOCRINE, "Testosterone, total", "M 300–1,000, W 15–70 ng/dL", "M 10.4–34.7, W 0.5–2.4 nmol/L"),
    LabRow(_ENDOCRINE, "Estradiol, follicular", "30–120 pg/mL", "110–441 pmol/L", ("E2",)),
    LabRow(_ENDOCRINE, "Estradiol, postmenopausal", "<30 pg/mL", "<110 pmol/L", ("E2",)),
    LabRow(_ENDOCRINE, "Progesterone, luteal", ">3 ng/mL after ovulation", ">9.5 nmol/L"),
    LabRow(_ENDOCRINE, "17-hydroxyprogesterone, morning", "<200 ng/dL", "<6 nmol/L", ("17-OHP",)),
    LabRow(_ENDOCRINE, "hCG, not pregnant", "<5 mIU/mL", "<5 IU/L", ("beta-hCG",)),
    LabRow(_ENDOCRINE, "Insulin, fasting", "2–20 µU/mL", "12–120 pmol/L"),
    LabRow(_ENDOCRINE, "C-peptide, fasting", "0.8–3.1 ng/mL", "0.26–1.03 nmol/L"),
    LabRow(_ENDOCRINE, "Gastrin, fasting", "<100 pg/mL", "<100 ng/L"),
    LabRow(_ENDOCRINE, "Calcitonin", "M <10, W <5 pg/mL", "M <10, W <5 ng/L"),
    LabRow(_BLOOD, "Hemoglobin", "M 13.5–17.5, W 12.0–16.0 g/dL", "M 135–175, W 120–160 g/L", ("Hb",)),
    LabRow(_BLOOD, "Hematocrit", "M 41–53%, W 36–46%", "M 0.41–0.53, W 0.36–0.46", ("Hct",)),
    LabRow(_BLOOD, "Erythrocytes", "M 4.5–5.9, W 4.0–5.2 ×10⁶/µL", "", ("RBC",)),
    LabRow(_BLOOD, "Mean corpuscular volume", "80–100 fL", "", ("MCV",)),
    LabRow(_BLOOD, "Mean corpuscular hemoglobin", "27–33 pg", "", ("MCH",)),
    LabRow(_BLOOD, "Mean corpuscular Hb concentration", "32–36 g/dL", "320–360 g/L", ("MCHC",)),
    LabRow(_BLOOD, "Red cell distribution width", "11.5–14.5%", "", ("RDW",)),
    LabRow(_BLOOD, "Reticulocytes", "0.5–1.5%", "0.005–0.015"),
    LabRow(_BLOOD, "Leukocytes", "4,500–11,000/µL", "4.5–11.0 ×10⁹/L", ("WBC",)),
    LabRow(_BLOOD, "Neutrophils", "40–70%; 1,800–7,700/µL"),
    LabRow(_BLOOD, "Bands", "0–5%"),
    LabRow(_BLOOD, "Lymphocytes", "20–40%; 1,000–4,800/µL"),
    LabRow(_BLOOD, "Monocytes", "2–10%"),
    LabRow(_BLOOD, "Eosinophils", "0–5%; <500/µL"),
    LabRow(_BLOOD, "Basophils", "0–1%"),
    LabRow(_BLOOD, "Platelets", "150,000–400,000/µL", "150–400 ×10⁹/L"),
    LabRow(_BLOOD, "CD4 T lymphocytes", "500–1,500/µL", "0.5–1.5 ×10⁹/L"),
    LabRow(_BLOOD, "Hemoglobin A2", "1.5–3.5%"),
    LabRow(_BLOOD, "Hemoglobin F", "<2%"),
    LabRow(_BLOOD, "Carboxyhemoglobin", "<3%; smokers <10%", "", ("COHb",)),
    LabRow(_BLOOD, "Methemoglobin", "<2%", "", ("MetHb",)),
    LabRow(_BLOOD, "Erythropoietin", "4–20 mIU/mL", "4–20 IU/L", ("EPO",)),
    LabRow(_COAGULATION, "Prothrombin time", "11–14 s", "", ("PT",)),
    LabRow(_COAGULATION, "International normalized ratio", "0.8–1.1", "", ("INR",)),
    LabRow(_COAGULATION, "Partial thromboplastin time", "25–35 s", "", ("aPTT", "PTT")),
    LabRow(_COAGULATION, "Thrombin time", "14–19 s", "", ("TT",)),
    LabRow(_COAGULATION, "Bleeding time", "2–7 min"),
    LabRow(_COAGULATION, "Fibrinogen", "200–400 mg/dL", "2.0–4.0 g/L"),
    LabRow(_COAGULATION, "D-dimer", "<500 ng/mL FEU", "<0.50 mg/L FEU"),
    LabRow(_COAGULATION, "Fibrin degradation products", "<10 µg/mL", "<10 mg/L", ("FDP",)),
    LabRow(_COAGULATION, "Antithrombin activity", "80–120%"),
    LabRow(_COAGULATION, "Protein C activity", "70–140%"),
    LabRow(_COAGULATION, "Protein S activity", "60–140%"),
    LabRow(_COAGULATION, "Factor VIII activity", "50–150%"),
    LabRow(_COAGULATION, "Von Willebrand factor antigen", "50–150%", "", ("vWF",)),
    LabRow(_GAS, "pH", "7.35–7.45"),
    LabRow(_GAS, "PaCO2", "35–45 mm Hg", "4.7–6.0 kPa"),
    LabRow(_GAS, "PaO2", "75–100 mm Hg", "10.0–13.3 kPa"),
    LabRow(_GAS, "Bicarbonate", "22–26 mEq/L", "", ("HCO3",)),
    LabRow(_GAS, "Base excess", "−2 to +2 mEq/L", "", ("BE",)),
    LabRow(_GAS, "Oxygen saturation", "95–100%", "", ("SaO2",)),
    LabRow(_GAS, "Alveolar-arterial gradient", "≤ age/4 + 4 mm Hg", "", ("A-a",)),
    LabRow(_CSF, "Opening pressure", "60–200 mm H2O"),
    LabRow(_CSF, "Leukocytes", "0–5/µL", "", ("WBC",)),
    LabRow(_CSF, "Erythrocytes", "0/µL", "", ("RBC",)),
    LabRow(_CSF, "Protein", "15–45 mg/dL", "0.15–0.45 g/L"),
    LabRow(_CSF, "Glucose", "40–70 mg/dL; ≥60% of serum", "2.2–3.9 mmol/L"),
    LabRow(_CSF, "IgG index", "0.3–0.7"),
    LabRow(_URINE, "Specific gravity", "1.003–1.030"),
    LabRow(_URINE, "pH", "4.5–8.0"),
    LabRow(_URINE, "Osmolality", "50–1,200 mOsm/kg"),
    LabRow(_URINE, "Leukocytes", "0–5 per high-power field", "", ("WBC",)),
    LabRow(_URINE, "Erythrocytes", "0–2 per high-power field", "", ("RBC",)),
    LabRow(_URINE, "Albumin-creatinine ratio", "<30 mg/g", "<3.4 mg/mmol", ("UACR",)),
    LabRow(_URINE, "Protein-creatinine ratio", "<150 mg/g", "<17 mg/mmol", ("UPCR",)),
    LabRow(_URINE, "Protein", "<150 mg/24 h", "<0.15 g/24 h"),
    LabRow(_URINE, "Creatinine clearance", "M 97–137, W 88–128 mL/min", "", ("CrCl",)),
    LabRow(_URINE, "Sodium", "40–220 mEq/24 h, as the diet", "", ("Na",)),
    LabRow(_URINE, "Potassium", "25–125 mEq/24 h, as the diet", "", ("K",)),
    LabRow(_URINE, "Calcium", "100–300 mg/24 h", "2.5–7.5 mmol/24 h", ("Ca",)),
    LabRow(_URINE, "Uric acid", "250–750 mg/24 h", "1.5–4.5 mmol/24 h", ("urate",)),
    LabRow(_URINE, "Oxalate", "<40 mg/24 h", "<0.45 mmol/24 h"),
    LabRow(_URINE, "Cortisol, free", "10–50 µg/24 h", "28–138 nmol/24 h", ("UFC",)),
    LabRow(_URINE, "Vanillylmandelic acid", "2–7 mg/24 h", "10–35 µmol/24 h", ("VMA",)),
    LabRow(_URINE, "5-hydroxyindoleacetic acid", "2–8 mg/24 h", "10–42 µmol/24 h", ("5-HIAA",)),
    LabRow(_OTHER, "Body mass index, normal", "18.5–24.9 kg/m²", "", ("BMI",)),
    LabRow(_OTHER, "Body mass index, overweight", "25.0–29.9 kg/m²", "", ("BMI",)),
    LabRow(_OTHER, "Body mass index, obesity", "≥30 kg/m²", "", ("BMI",)),
    LabRow(_OTHER, "Sweat chloride", "<30 mmol/L"),
    LabRow(_OTHER, "Stool fat", "<7 g/24 h"),
    LabRow(_OTHER, "Synovial fluid leukocytes", "<200/µL", "", ("WBC",)),
    LabRow(_OTHER, "Ascitic fluid neutrophils", "<250/µL", "", ("PMN",)),
    LabRow(_OTHER, "Intraocular pressure", "10–21 mm Hg", "", ("IOP",)),
)
"""Every row, group by group, in the order shown."""
