"""One QTI 2.x or 3 assessmentItem as a draft, or the reason why drill cannot hold it."""

from __future__ import annotations

import re
from collections.abc import Callable

from drill.core.items import Option
from drill.importers.drafts import Draft
from drill.importers.html_fields import option_texts
from drill.importers.qti_1 import NONE_RIGHT, SEVERAL
from drill.importers.qti_reading import At, Reading
from drill.importers.xml_tree import Element

_WRONG = re.compile(r"incorrect|wrong|fail|false|partial|miss", re.IGNORECASE)
_CHOICES = {"choiceInteraction": "simpleChoice", "inlineChoiceInteraction": "inlineChoice"}
BLANK = "_____"


def take_item_2(reading: Reading, item: Element, at: At) -> None:
    """One choice interaction with one correct response; also a gap to be filled from a list."""
    collector = reading.collector
    body = item.first("itemBody")
    interactions = (
        [each for each in _below(body) if each.tag.endswith("Interaction")] if body is not None else []
    )
    if body is None or len(interactions) != 1 or interactions[0].tag not in _CHOICES:
        reason = "it has several parts" if len(interactions) > 1 else "it is no choice among options"
        collector.skip(at.offset, at.name, reason)
        return
    if any(item.elements("templateDeclaration")):
        collector.skip(at.offset, at.name, "its numbers are drawn anew each time")
        return
    interaction = interactions[0]
    wanted = interaction.attributes.get("responseIdentifier", "RESPONSE")
    declared = [
        each for each in item.elements("responseDeclaration") if each.attributes.get("identifier") == wanted
    ]
    correct = _correct(declared)
    if len(correct) > 1 or not _takes_one(interaction, declared):
        collector.skip(at.offset, at.name, "several options may be right")
        return
    choices = list(interaction.all(_CHOICES[interaction.tag]))
    idents = [each.attributes.get("identifier", "") for each in choices]
    right = [place for place, ident in enumerate(idents) if ident in correct]
    if len(right) != 1:
        collector.skip(at.offset, at.name, SEVERAL if right else NONE_RIGHT)
        return
    passage = _passage(reading, item)
    if passage is None:
        collector.skip(at.offset, at.name, "it belongs to a text that is not in the package")
        return
    prompt_element = interaction.first("prompt")
    prompt = reading.text(prompt_element.html()) if prompt_element is not None else ""
    stem = reading.text(_html(body, _without_answers(interaction)))
    stem = "\n\n".join(each for each in (passage, stem) if each)
    feedback = _feedback(reading, item)
    notes = [[reading.text(each.html()) for each in _inline_feedback(choice)] for choice in choices]
    whys = [
        feedback.get(ident) or "\n".join(filter(None, own)) for ident, own in zip(idents, notes, strict=True)
    ]
    texts = option_texts([reading.pictures.marked(_html(each, _is_feedback)) for each in choices])
    reading.add(
        Draft(
            at.offset,
            at.name,
            stem or prompt,
            [Option(text, why or None) for text, why in zip(texts, whys, strict=True)],
            right[0],
            id=item.attributes.get("identifier"),
            lead_in=prompt if stem and prompt else None,
            explanation=_explanation(item, feedback, idents),
        )
    )


def _below(element: Element) -> list[Element]:
    """All elements below one, whatever their names."""
    found: list[Element] = []
    for each in element.elements():
        found.append(each)
        found += _below(each)
    return found


def _correct(declared: list[Element]) -> set[str]:
    """The correct response, or without one what the mapping gives most for."""
    correct = {
        value.text().strip()
        for each in declared
        for found in each.all("correctResponse")
        for value in found.all("value")
        if value.text().strip()
    }
    if correct:
        return correct
    scores = {
        entry.attributes.get("mapKey", ""): _number(entry.attributes.get("mappedValue", ""))
        for each in declared
        for entry in each.all("mapEntry")
    }
    best = max(scores.values(), default=0.0)
    return {key for key, score in scores.items() if score == best > 0}


def _takes_one(interaction: Element, declared: list[Element]) -> bool:
    """Whether one option is to be chosen. Some write "multiple" for a choice of at most one."""
    if all(each.attributes.get("cardinality", "single") == "single" for each in declared):
        return True
    return interaction.attributes.get("maxChoices") == "1"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _passage(reading: Reading, item: Element) -> str | None:
    """The texts of other files that the item asks about; None when one cannot be had."""
    texts: list[str] = []
    body = [each for each in _below(item) if _is_outside(each)]
    for each in (*item.elements("assessmentStimulusRef"), *body):
        html = reading.stimulus(each.attributes.get("href") or each.attributes.get("data", ""))
        if html is None:
            return None
        texts.append(reading.text(html))
    return "\n\n".join(texts)


def _is_outside(element: Element) -> bool:
    """Whether an element stands for a text in another file: a page shown in the body, or an inclusion."""
    kind = element.attributes.get("type", "").lower()
    return element.tag == "include" or (
        element.tag == "object" and kind.startswith(("text/", "application/xhtml"))
    )


def _is_feedback(element: Element) -> bool:
    return element.tag in ("feedbackInline", "feedbackBlock")


def _inline_feedback(choice: Element) -> list[Element]:
    return [each for each in _below(choice) if _is_feedback(each)]


def _without_answers(interaction: Element) -> Callable[[Element], bool]:
    """What is no part of the stem: the options, feedback, and notes for those who mark."""

    def left_out(element: Element) -> bool:
        if element.tag == "rubricBlock":
            return "candidate" not in element.attributes.get("view", "")
        return element is interaction or _is_feedback(element) or _is_outside(element)

    return left_out


def _html(element: Element, left_out: Callable[[Element], bool]) -> str:
    """What is inside as HTML, without some elements; a gap to be filled leaves a blank."""
    copy = Element(element.tag, element.attributes, 0, 0)

    def fill(target: Element, origin: Element) -> None:
        for each in origin.children:
            if not isinstance(each, Element):
                target.children.append(each)
            elif left_out(each):
                if each.tag == "inlineChoiceInteraction":
                    target.children.append(f" {BLANK} ")
            else:
                inner = Element(each.tag, each.attributes, 0, 0)
                fill(inner, each)
                target.children.append(inner)

    fill(copy, element)
    return copy.html()


def _feedback(reading: Reading, item: Element) -> dict[str, str]:
    """Feedback by its identifier: what is shown after the answer, be it below or in the body."""
    body = item.first("itemBody")
    blocks = [each for each in _below(body) if each.tag == "feedbackBlock"] if body is not None else []
    return {
        each.attributes.get("identifier", ""): reading.text(each.html())
        for each in (*blocks, *item.elements("modalFeedback"))
    }


def _explanation(item: Element, feedback: dict[str, str], idents: list[str]) -> str | None:
    """Feedback for the right answer or for any; never that for a wrong one."""
    right, wrong = _outcomes(item)
    if item.attributes.get("adaptive") == "true":
        feedback = {ident: text for ident, text in feedback.items() if ident in right}
    for ident, text in feedback.items():
        if ident in right and ident not in idents and text:
            return text
    return next(
        (
            text
            for ident, text in feedback.items()
            if text and ident not in idents and ident not in wrong and not _WRONG.search(ident)
        ),
        None,
    )


def _outcomes(item: Element) -> tuple[set[str], set[str]]:
    """Values that the response processing sets for the correct response, and those it sets otherwise."""
    right: set[str] = set()
    wrong: set[str] = set()
    for condition in item.all("responseCondition"):
        first = condition.first("responseIf")
        if first is None or not any(first.all("correct")):
            continue
        right |= _values(first)
        for other in condition.elements("responseElse", "responseElseIf"):
            wrong |= _values(other)
    return right - wrong, wrong - right


def _values(rule: Element) -> set[str]:
    return {
        value.text().strip() for outcome in rule.all("setOutcomeValue") for value in outcome.all("baseValue")
    }
