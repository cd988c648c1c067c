"""One QTI item, version 1.2 or 2.x, as a draft, or the reason why drill cannot hold it."""

from __future__ import annotations

from drill.core.items import Option
from drill.importers.drafts import Collector, Draft
from drill.importers.html_text import html_to_text
from drill.importers.xml_tree import Element

_SEVERAL = "more than one option is right"
_NONE_RIGHT = "no right option is given"


def take_item_1(collector: Collector, item: Element, offset: int, name: str) -> None:
    """A QTI 1.2 item: one response_lid with single cardinality, scored by varequal."""
    presentation = item.first("presentation")
    assert presentation is not None or any(item.all("presentation"))
    presentation = presentation or next(item.all("presentation"))
    others = next(presentation.all("response_str", "response_num", "response_grp", "response_xy"), None)
    lids = list(presentation.all("response_lid"))
    if others is not None or len(lids) != 1:
        collector.skip(
            offset, name, "it is no choice among options" if len(lids) < 2 else "it has several parts"
        )
        return
    lid = lids[0]
    if lid.attributes.get("rcardinality", "Single").lower() != "single":
        collector.skip(offset, name, "several options may be right")
        return
    labels = list(lid.all("response_label"))
    idents = [label.attributes.get("ident", "") for label in labels]
    scores, feedback, general = _scores_1(item)
    best = max(scores.values(), default=0.0)
    right = [at for at, ident in enumerate(idents) if best > 0 and scores.get(ident, 0.0) == best]
    if len(right) != 1:
        collector.skip(offset, name, _SEVERAL if right else _NONE_RIGHT)
        return
    stem = "\n".join(_material(each) for each in _own_materials(presentation) if each.tag == "material")
    collector.add(
        Draft(
            offset,
            name,
            stem,
            [
                Option("\n".join(_material(each) for each in label.all("material")), feedback.get(ident))
                for label, ident in zip(labels, idents, strict=True)
            ],
            right[0],
            id=item.attributes.get("ident"),
            explanation=general,
        )
    )


def _own_materials(element: Element) -> list[Element]:
    """Materials of the question itself, not those of its options."""
    found: list[Element] = []
    for each in element.elements():
        if each.tag == "material":
            found.append(each)
        elif each.tag not in ("render_choice", "response_label"):
            found += _own_materials(each)
    return found


def _material(material: Element) -> str:
    parts: list[str] = []
    for each in material.elements():
        if each.tag in ("mattext", "matemtext"):
            text = each.text()
            html = each.attributes.get("texttype", "text/plain").lower() == "text/html"
            parts.append(html_to_text(text) if html else text)
        elif each.tag == "matimage":
            parts.append("[image]")
    return "\n".join(part for part in parts if part)


def _scores_1(item: Element) -> tuple[dict[str, float], dict[str, str], str | None]:
    """Score by option, feedback by option, and feedback shown whatever was chosen."""
    texts = {
        each.attributes.get("ident", ""): "\n".join(_material(material) for material in each.all("material"))
        for each in item.all("itemfeedback")
    }
    scores: dict[str, float] = {}
    feedback: dict[str, str] = {}
    general: str | None = None
    for condition in item.all("respcondition"):
        variable = condition.first("conditionvar")
        if variable is None:
            continue
        negated = {id(each) for no in variable.all("not") for each in no.all("varequal")}
        chosen = {each.text().strip() for each in variable.all("varequal") if id(each) not in negated}
        score = sum(_number(each) for each in condition.elements("setvar"))
        shown = [
            texts.get(each.attributes.get("linkrefid", ""), "")
            for each in condition.elements("displayfeedback")
        ]
        shown = [each for each in shown if each]
        if len(chosen) == 1:
            ident = chosen.pop()
            scores[ident] = scores.get(ident, 0.0) + score
            if shown:
                feedback.setdefault(ident, "\n".join(shown))
        elif chosen and score > 0:
            scores.update(dict.fromkeys(chosen, score))
        elif not chosen and not negated and shown and general is None:
            general = "\n".join(shown)
    return scores, feedback, general


def _number(setvar: Element) -> float:
    try:
        value = float(setvar.text().strip())
    except ValueError:
        return 0.0
    return -value if setvar.attributes.get("action", "").lower() == "subtract" else value


def take_item_2(collector: Collector, item: Element, offset: int, name: str) -> None:
    """A QTI 2.x assessmentItem: one choiceInteraction with one correct response."""
    body = item.first("itemBody")
    interactions = list(body.all(*_interactions(body))) if body is not None else []
    if body is None or [each.tag for each in interactions] != ["choiceInteraction"]:
        collector.skip(
            offset, name, "it has several parts" if len(interactions) > 1 else "it is no choice among options"
        )
        return
    interaction = interactions[0]
    wanted = interaction.attributes.get("responseIdentifier", "RESPONSE")
    declared = [
        each for each in item.elements("responseDeclaration") if each.attributes.get("identifier") == wanted
    ]
    correct = {
        value.text().strip()
        for each in declared
        for found in each.all("correctResponse")
        for value in found.all("value")
    }
    if any(each.attributes.get("cardinality", "single") != "single" for each in declared) or len(correct) > 1:
        collector.skip(offset, name, "several options may be right")
        return
    choices = list(interaction.all("simpleChoice"))
    idents = [each.attributes.get("identifier", "") for each in choices]
    right = [at for at, ident in enumerate(idents) if ident in correct]
    if len(right) != 1:
        collector.skip(offset, name, _SEVERAL if right else _NONE_RIGHT)
        return
    prompt_element = interaction.first("prompt")
    prompt = html_to_text(prompt_element.html()) if prompt_element is not None else ""
    stem = html_to_text(_without(body, interaction))
    whys = {
        each.attributes.get("identifier", ""): html_to_text(each.html())
        for each in item.elements("modalFeedback")
    }
    explanation = next(
        (
            text
            for ident, text in whys.items()
            if ident not in idents and "incorrect" not in ident.lower() and text
        ),
        None,
    )
    collector.add(
        Draft(
            offset,
            name,
            stem or prompt,
            [_choice(each, whys.get(ident)) for each, ident in zip(choices, idents, strict=True)],
            right[0],
            id=item.attributes.get("identifier"),
            lead_in=prompt if stem and prompt else None,
            explanation=explanation,
        )
    )


def _interactions(body: Element) -> tuple[str, ...]:
    """Names of all interactions in the body."""
    names: set[str] = set()

    def look(element: Element) -> None:
        for each in element.elements():
            if each.tag.endswith("Interaction"):
                names.add(each.tag)
            look(each)

    look(body)
    return tuple(sorted(names)) or ("choiceInteraction",)


def _choice(choice: Element, why: str | None) -> Option:
    inline = [
        each for each in choice.children if isinstance(each, Element) and each.tag.startswith("feedback")
    ]
    own = Element("choice", {}, 0, 0)
    own.children = [each for each in choice.children if each not in inline]
    notes = [html_to_text(each.html()) for each in inline]
    return Option(html_to_text(own.html()), why or "\n".join(note for note in notes if note) or None)


def _without(element: Element, left_out: Element) -> str:
    """The element's HTML without one element below it."""
    copy = Element(element.tag, element.attributes, 0, 0)

    def fill(target: Element, origin: Element) -> None:
        for each in origin.children:
            if each is left_out or (
                isinstance(each, Element) and each.tag in ("rubricBlock", "feedbackBlock")
            ):
                continue
            if isinstance(each, Element):
                inner = Element(each.tag, each.attributes, 0, 0)
                fill(inner, each)
                target.children.append(inner)
            else:
                target.children.append(each)

    fill(copy, element)
    return copy.html()
