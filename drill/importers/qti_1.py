"""One QTI 1.2 item as a draft, or the reason why drill cannot hold it.

Canvas, Brightspace and Blackboard write it, each with words of its own: Blackboard puts texts into
`mat_formattedtext` and scores the key `SCORE.max`; Canvas names a passage in
`parent_stimulus_item_ident`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from drill.core.items import Option
from drill.importers.drafts import Draft
from drill.importers.html_fields import is_markup, option_texts
from drill.importers.qti_reading import At, Reading
from drill.importers.xml_tree import Element

SEVERAL = "more than one option is right"
NONE_RIGHT = "no right option is given"
_FULL_SCORE = 100.0
_RIGHT = re.compile(r"(?:general_)?correct(?:_fb|feedback)?|.*_correct", re.IGNORECASE)
"""Names of the feedback for any right answer; by them it is told from that of an option."""


@dataclass(slots=True)
class _Marking:
    """What an item says about its options, by their identifiers."""

    scores: dict[str, float] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)
    """Shown whatever was chosen, or for the right answer as such."""


def take_item_1(reading: Reading, item: Element, at: At) -> None:
    """One response_lid with single cardinality, scored by varequal."""
    collector = reading.collector
    presentation = item.first("presentation") or next(item.all("presentation"))
    stem = _own_text(reading, presentation)
    others = next(presentation.all("response_str", "response_num", "response_grp", "response_xy"), None)
    lids = list(presentation.all("response_lid"))
    if not lids and others is None and _metadata(item, "question_type") == "text_only_question":
        reading.passages[item.attributes.get("ident", "")] = presentation
        collector.skip(at.offset, at.name, "it is a text that asks nothing")
        return
    if others is not None or len(lids) != 1:
        reason = "it is no choice among options" if len(lids) < 2 else "it has several parts"
        collector.skip(at.offset, at.name, reason)
        return
    lid = lids[0]
    if lid.attributes.get("rcardinality", "Single").lower() != "single":
        collector.skip(at.offset, at.name, "several options may be right")
        return
    labels = list(lid.all("response_label"))
    idents = [label.attributes.get("ident", "") for label in labels]
    marking = _marking(reading, item)
    best = max(marking.scores.values(), default=0.0)
    right = [
        place for place, ident in enumerate(idents) if best > 0 and marking.scores.get(ident, 0.0) == best
    ]
    if len(right) != 1:
        collector.skip(at.offset, at.name, SEVERAL if right else NONE_RIGHT)
        return
    parent = _metadata(item, "parent_stimulus_item_ident")
    passage = reading.passages.get(parent)
    if parent and passage is None:
        collector.skip(at.offset, at.name, "it belongs to a text that is not in the file")
        return
    if passage is not None:
        stem = f"{_own_text(reading, passage)}\n\n{stem}"
    reading.add(
        Draft(
            at.offset,
            at.name,
            stem,
            [
                Option(text, marking.feedback.get(ident))
                for text, ident in zip(_options(reading, labels), idents, strict=True)
            ],
            right[0],
            id=item.attributes.get("ident") or _metadata(item, "bbmd_asi_object_id"),
            explanation="\n\n".join(dict.fromkeys(marking.general)) or None,
        )
    )


def _metadata(item: Element, name: str) -> str:
    """A field of the item's metadata, as Canvas writes it, or Blackboard as an element of its own."""
    for each in item.all("qtimetadatafield"):
        label, entry = each.first("fieldlabel"), each.first("fieldentry")
        if label is not None and entry is not None and label.text().strip() == name:
            return entry.text().strip()
    own = next(item.all(name), None)
    return own.text().strip() if own is not None else ""


def _own_text(reading: Reading, presentation: Element) -> str:
    return "\n".join(_material(reading, each) for each in _own_materials(presentation))


def _own_materials(element: Element) -> list[Element]:
    """Materials of the question itself, not those of its options."""
    found: list[Element] = []
    for each in element.elements():
        if each.tag == "material":
            found.append(each)
        elif each.tag not in ("render_choice", "response_label"):
            found += _own_materials(each)
    return found


def _options(reading: Reading, labels: list[Element]) -> list[str]:
    pieces = [[piece for each in label.all("material") for piece in _pieces(each)] for label in labels]
    if any(len(own) != 1 for own in pieces):
        return ["\n".join(reading.maybe_html(*piece) for piece in own) for own in pieces]
    said = [html or is_markup(text) for ((text, html),) in pieces]
    htmls = [
        reading.pictures.marked(text) if html else escape(text, quote=False)
        for html, ((text, _),) in zip(said, pieces, strict=True)
    ]
    return [
        shown if html else text
        for shown, html, ((text, _),) in zip(option_texts(htmls), said, pieces, strict=True)
    ]


def _material(reading: Reading, material: Element) -> str:
    return "\n".join(shown for piece in _pieces(material) if (shown := reading.maybe_html(*piece)))


def _pieces(material: Element) -> list[tuple[str, bool]]:
    """Texts of a material, each with whether it is said to be HTML."""
    found: list[tuple[str, bool]] = []
    for each in material.elements():
        match each.tag:
            case "mattext" | "matemtext":
                html = each.attributes.get("texttype", "text/plain").lower() in ("text/html", "text/xhtml")
                # Some write the HTML as elements of the file itself.
                found.append((each.html(), True) if any(each.elements()) else (each.text(), html))
            case "mat_extension":
                found += [
                    (own.text(), own.attributes.get("type", "HTML").upper() != "PLAIN_TEXT")
                    for own in each.all("mat_formattedtext")
                ]
            case "matimage":
                label = each.attributes.get("label", "")
                uri = each.attributes.get("uri", "")
                found.append((f'<img src="{escape(uri)}" alt="{escape(label)}">', True))
    return found


def _marking(reading: Reading, item: Element) -> _Marking:
    texts = {
        each.attributes.get("ident", ""): "\n".join(
            _material(reading, material) for material in each.all("material")
        )
        for each in item.all("itemfeedback")
    }
    found = _Marking()
    # Brightspace links the feedback of the question itself to nothing: it has the name of the item.
    if own := texts.get(item.attributes.get("ident", "") or "?"):
        found.general.append(own)
    for condition in item.all("respcondition"):
        variable = condition.first("conditionvar")
        if variable is None:
            continue
        negated = {id(each) for no in variable.all("not") for each in no.all("varequal")}
        chosen = {each.text().strip() for each in variable.all("varequal") if id(each) not in negated}
        score = sum(_number(each) for each in condition.elements("setvar"))
        links = [each.attributes.get("linkrefid", "") for each in condition.elements("displayfeedback")]
        shown = [(link, texts[link]) for link in links if texts.get(link)]
        if len(chosen) == 1:
            ident = chosen.pop()
            found.scores[ident] = found.scores.get(ident, 0.0) + score
            for link, text in shown:
                if score > 0 and _RIGHT.fullmatch(link):
                    found.general.append(text)
                else:
                    found.feedback.setdefault(ident, text)
        elif chosen and score > 0:
            found.scores.update(dict.fromkeys(chosen, score))
        elif not chosen and not negated and not _is_wrong(condition):
            found.general += [text for link, text in shown if "incorrect" not in link.lower()]
    return found


def _is_wrong(condition: Element) -> bool:
    """Whether a condition without a choice is the one for wrong answers, as Blackboard titles it."""
    return "incorrect" in condition.attributes.get("title", "").lower()


def _number(setvar: Element) -> float:
    text = setvar.text().strip()
    if text.lower() == "score.max":
        return _FULL_SCORE
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return -value if setvar.attributes.get("action", "").lower() == "subtract" else value
