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

from drill.core.frozen import dataclass


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


def lab_rows(text: str) -> tuple[LabRow, ...]:
    """The rows of a table, in its order: a line each under a heading, five fields with tabs between.

    Raises ValueError where a line has another number of fields.
    """
    _heading, *lines = text.splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple(
        LabRow(group, name, value, si, tuple(aliases.split("; ")) if aliases else ())
        for group, name, value, si, aliases in rows
    )
