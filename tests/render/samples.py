"""Sample view models, and whole screens painted from them.

`python -m tests.render.samples` rewrites the pictures in tests/render/screens; look at the difference
before keeping it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from drill.render.block import SIDE_WIDTH, BlockView, block_lines
from drill.render.calculator_view import CalculatorView
from drill.render.footer import Key, footer_line
from drill.render.frame import BROAD, CAP, MARGIN, centred
from drill.render.head import HeadView, head_line
from drill.render.home import Choice, HomeView, LastBlock, home_lines
from drill.render.item_list import ItemCell, ListView, list_lines
from drill.render.item_table import ResultItem
from drill.render.labs import LabsView, LabValue, labs_lines
from drill.render.lines import BLANK, Line, Role, fit, line, plain
from drill.render.menu import MenuView
from drill.render.new_block import NewBlockView, Setting, new_block_lines
from drill.render.options import ItemView, OptionView
from drill.render.page import more_line
from drill.render.results import Checkpoint, ResultsView, results_lines
from drill.render.review import ReviewView, body_lines, opening_scroll
from drill.render.review import head_line as review_head_line
from drill.render.ribbon import RibbonView, ribbon_lines
from drill.render.road.form import FormRow, FormView, form_lines
from drill.render.road.sections import road_page
from drill.render.road.words import now_text
from drill.render.rule import rule_line
from drill.render.top import TopView, top_line
from drill.render.verdict import Figures, Proportion
from drill.usecases.road_plan import now_of
from tests.render.road import samples as road_samples

STEM = """\
A 58-year-old man is brought to the emergency department by his wife because of 3 hours of severe upper abdominal \
pain, light-headedness and two episodes of black stool. He has osteoarthritis of both knees and has taken naproxen \
twice daily for 4 months. He also has hypertension treated with lisinopril. He does not drink alcohol or smoke. He \
is pale and anxious but answers questions clearly. His temperature is 36.8°C (98.2°F), pulse is 124/min, \
respirations are 22/min, and blood pressure is 86/54 mm Hg. Oxygen saturation is 96% on room air. The skin is cool \
and capillary refill takes 4 seconds. The lungs are clear. The abdomen is soft with epigastric tenderness and no \
guarding; bowel sounds are increased. Rectal examination shows black, tarry stool. One 20-gauge intravenous \
catheter has been placed in the left hand.

Laboratory studies show:
Hemoglobin        8.1 g/dL
Platelets         212,000/mm3
INR               1.1
Urea nitrogen     42 mg/dL
Creatinine        1.2 mg/dL
"""
LEAD_IN = "Which of the following is the most appropriate next step in management?"
OPTIONS = (
    OptionView("A", "Computed tomography of the abdomen with contrast"),
    OptionView("B", "Intravenous octreotide infusion"),
    OptionView("C", "Large-bore venous access and fluid resuscitation", chosen=True),
    OptionView("D", "Stool antigen test for Helicobacter pylori", struck=True),
    OptionView("E", "Upper endoscopy within the hour"),
)
WHY = (
    "Not indicated for melena without peritonitis.",
    "For variceal bleeding; nothing here suggests portal hypertension.",
    "The pulse, pressure and cool skin mean hemorrhagic shock. Restore volume before anything that takes him out of "
    "the bay.",
    "Later, once bleeding has stopped.",
    "Right test, too early. Endoscopy follows once he is resuscitated.",
)
ITEM = ItemView(STEM, LEAD_IN, OPTIONS)
HEAD = HeadView(7, 20, used_ms=498_000, limit_ms=1_800_000, flagged=True, done=7)
RAIL = tuple(
    ItemCell(
        number, dict(zip((1, 2, 4, 5, 6, 7), "BDAEBC", strict=True)).get(number), number < 8, number in (4, 7)
    )
    for number in range(1, 21)
)
BLOCK = BlockView(HEAD, ITEM, RAIL)

_LIST_LETTERS = "BD□AEBCCAD□BEAA□D··C"
_LIST_TIMES = (72, 58, 20, 160, 64, 91, 112, 49, 82, 70, 31, 104, 89, 52, 125, 68, 75, 0, 0, 62)
LIST = ListView(
    tuple(
        ItemCell(n, letter if letter.isalpha() else None, letter != "·", n in (4, 7, 16), seconds * 1000)
        for n, (letter, seconds) in enumerate(zip(_LIST_LETTERS, _LIST_TIMES, strict=True), start=1)
    ),
    cursor=3,
    current=20,
    ending=True,
)
LIST_HEAD = HeadView(20, 20, used_ms=1_562_000, limit_ms=1_800_000, done=18)

HOME = HomeView(
    (
        Choice(
            "Resume",
            "exam 20, question 12 of 20, 11:20 left",
            "The terminal closed at 08:52. No answer was lost.",
        ),
        Choice(
            "Next block",
            "exam 20 in 30:00, all subjects, unused",
            "4 more blocks until drill can first say if you get faster.",
        ),
        Choice(
            "New block",
            "choose preset, bank, pool and filters",
            "312 unused questions in 2 banks. Ctrl+O imports your own.",
        ),
    ),
    (
        LastBlock("Fri 20 Nov", "exam 20", 13, 20, "1:40 left", 80, True),
        LastBlock("Thu 19 Nov", "exam 20", 12, 20, "ran out, 1 blank", 94, True),
        LastBlock("Thu 19 Nov", "next best step 20", 11, 20, "0:35 left", 88, True),
        LastBlock("Tue 17 Nov", "retest 10", 8, 10, "untimed", 71, False),
        LastBlock("Mon 16 Nov", "exam 20", 14, 20, "2:12 left", 79, True),
        LastBlock("Sun 15 Nov", "exam 20", 11, 20, "ran out, 3 blank", 97, True),
    ),
    reasons=("retest",),
    ribbon=tuple(ribbon_lines(RibbonView((5_000, -12_000, 20_000, 8_000, -30_000)), 70, 3)),
)

NEW_BLOCK = NewBlockView(
    (
        Setting("Preset", "Exam: 20 in 30:00", "1 of 5"),
        Setting("Banks", "drill-core, my-notes", "2 of 3"),
        Setting("Pool", "Unused", "1 of 6", "all, unused, wrong, flagged, blank, slow"),
        Setting("Questions", "20"),
        Setting("Minutes", "30:00", "90 s each"),
        Setting("Mode", "Exam", "hard stop, no suspend, feedback after"),
        Setting("Subject", "All", "14", starts_group=True),
        Setting("System", "All", "16"),
        Setting("Task", "All", "10"),
        Setting("Next step", "No filter", "only next-best-step items: 118"),
        Setting("Commit first", "Off", "say what you would do before the options show"),
        Setting("Seed", "new each time"),
    ),
    cursor=2,
    matching=312,
    asked=20,
    trends="Counts in pace and next-best-step trends.",
)

_TIMES_S = (118, 131, 97, 160, 76, 74, 112, 49, 82, 70, 64, 124, 89, 52, 125, 68, 75, 58, 44, 32)
_CHOSEN = "BDCCEBECADABEADBDCBC"
_FIRST = {4: "A", 7: "C", 15: "A"}
_WRONG = (2, 4, 7, 15, 17, 19)
FIGURES = Figures(
    times_ms=tuple(seconds * 1000 for seconds in _TIMES_S),
    rights=tuple(number not in _WRONG for number in range(1, 21)),
    share_ms=90_000,
    used_ms=1_700_000,
    limit_ms=1_800_000,
    expired=False,
    blank=0,
    accuracy=Proportion(14, 20, 0.481, 0.855),
    next_step=Proportion(4, 7, 0.250, 0.842),
)
_USED_MS = tuple(accumulate(seconds * 1000 for seconds in _TIMES_S))
_FAIR_S = (-23, -24, -25, -40, -50, -46, -38, -30, -26, -40, -28, -30, -34, -30, -28, -20, -10, -5, -2, 0)
RESULTS = ResultsView(
    title="exam 20, Fri 20 Nov 19:04",
    figures=FIGURES,
    items=tuple(
        ResultItem(
            number,
            seconds * 1000,
            chosen,
            number not in _WRONG,
            _FIRST.get(number),
            number in (4, 7, 12, 15),
            number in (2, 4, 7, 8, 10, 13, 18),
        )
        for number, (seconds, chosen) in enumerate(zip(_TIMES_S, _CHOSEN, strict=True), start=1)
    ),
    cursor=7,
    ribbon=RibbonView(
        tuple(90_000 * number - used for number, used in enumerate(_USED_MS, start=1)),
        tuple(seconds * 1000 for seconds in _FAIR_S),
        FIGURES.rights,
    ),
    checkpoints=tuple(Checkpoint(n, 90_000 * n, _USED_MS[n - 1]) for n in (5, 10, 15, 20)),
)

REVIEW = ReviewView(
    position=7,
    count=20,
    item=replace(
        ITEM,
        options=tuple(
            replace(option, chosen=False, struck=False, why=why)
            for option, why in zip(OPTIONS, WHY, strict=True)
        ),
    ),
    key="C",
    chosen="E",
    first="C",
    time_ms=112_000,
    share_ms=90_000,
    flagged=True,
    reason=3,
    objective="Resuscitate an unstable bleed before endoscopy.",
)
REVIEW_ASK = replace(REVIEW, opened=False, reason=None)

LABS = LabsView(
    (
        LabValue("Blood", "Hemoglobin, male", "13.5-17.5 g/dL"),
        LabValue("Blood", "Platelets", "150,000-400,000/mm3"),
        LabValue("Serum", "Sodium", "136-146 mEq/L"),
        LabValue("Serum", "Potassium", "3.5-5.0 mEq/L"),
        LabValue("Serum", "Creatinine", "0.6-1.2 mg/dL"),
        LabValue("Urine", "Sodium, random", "varies with intake"),
    )
)
CALCULATOR = CalculatorView("124 / 86", "1.44", earlier=(("90 * 20 / 60", "30"),))
MENU = MenuView(
    "Menu",
    "The clock runs on.",
    (
        Choice("Back", "to item 7"),
        Choice("Suspend", "keeps every answer; the time away is not counted"),
        Choice("End block", "opens the item list first"),
    ),
)

KEYS = Key("?", "Keys", "key:question_mark")


def review_lines(view: ReviewView, width: int, height: int, scroll: int = 0) -> list[Line]:
    """Head, hairline and page, at most height - 1 rows (the last one is the footer's)."""
    hair = line(" " * MARGIN, ("─" * max(width - 2 * MARGIN, 0), Role.HAIR))
    rows = [review_head_line(view, width), hair, *body_lines(view, width, height, scroll)]
    return [fit(row, width) for row in rows[: max(height - 1, 0)]]


def _framed(top: Sequence[Line], body: Sequence[Line], footer: Line, width: int, height: int) -> list[Line]:
    return centred(framed(top, body, footer, min(width, CAP), height), width)


def framed(top: Sequence[Line], body: Sequence[Line], footer: Line, width: int, height: int) -> list[Line]:
    """A whole window: `top` first, `footer` on the last row, `body` between, blank rows as needed."""
    room = max(height - len(top) - 1, 0)
    middle = [*body[:room], *[BLANK] * max(room - len(body), 0)]
    return [fit(row, width) for row in [*top[: height - 1], *middle, footer]]


def _keys(text: str) -> list[Key]:
    return [Key(*part.strip().split(" ", 1)) for part in text.split("|")]


def home(width: int, height: int) -> list[Line]:
    inner = min(width, CAP)
    keys = _keys("↑↓ Select|Enter Open|1-6 Screen|Ctrl+N New block")
    foot = footer_line(keys, [Key("Ctrl+P", "Actions"), KEYS], inner)
    return _framed([top_line(TopView(1, 63), inner)], home_lines(HOME, inner, height), foot, width, height)


def new_block(width: int, height: int) -> list[Line]:
    inner = min(width, CAP)
    keys = _keys("↑↓ Row|←→ Change|0-9 Type a number|Space Pick several|Enter Start")
    foot = footer_line(keys, [Key("Esc", "Home"), KEYS], inner)
    return _framed([], new_block_lines(NEW_BLOCK, inner, height), foot, width, height)


def block(width: int, height: int) -> list[Line]:
    inner = min(width, CAP)
    keys = _keys("A-E Choose|Enter Next|. Flag|Tab List|/ Labs|← Back|- Strike|= Calc|, Note")
    foot = footer_line(keys, [Key("Esc", "Menu"), KEYS], inner)
    side = labs_lines(LABS, SIDE_WIDTH, height - 4) if inner >= BROAD else ()
    return _framed([], block_lines(BLOCK, inner, height, side=side), foot, width, height)


def item_list(width: int, height: int) -> list[Line]:
    inner = min(width, CAP)
    keys = _keys("↑↓←→ Move|Enter Open|. Flag|* Blanks and flags only|Tab Back")
    foot = footer_line(keys, [Key("Ctrl+E", "End block"), KEYS], inner)
    top = [head_line(LIST_HEAD, inner), line("  ", *rule_line(LIST_HEAD.rule, inner - 4).spans)]
    return _framed(top, list_lines(LIST, inner, height), foot, width, height)


def results(width: int, height: int) -> list[Line]:
    inner = min(width, CAP)
    keys = _keys("↑↓ Question|Enter Review|Ctrl+R Replay|* Misses|Tab Sort|→ Next miss")
    foot = footer_line(keys, [Key("Esc", "Home"), KEYS], inner)
    return _framed([], results_lines(RESULTS, inner, height), foot, width, height)


def _review(view: ReviewView, keys: str) -> Callable[[int, int], list[Line]]:
    def paint(width: int, height: int) -> list[Line]:
        inner = min(width, CAP)
        foot = footer_line(_keys(keys), [Key("Esc", "Results"), KEYS], inner)
        body = review_lines(view, inner, height, opening_scroll(view, inner, height))
        return _framed([], body, foot, width, height)

    return paint


def home_lead(width: int, height: int) -> list[Line]:
    """Home of a learner with a test date: what to do now leads."""
    inner = min(width, CAP)
    plan, mine = road_samples.plan(), road_samples.road()
    now = now_of(mine, plan)
    assert now is not None
    view = replace(HOME, lead=now_text(now, mine.today, short=True))
    keys = _keys("↑↓ Select|Enter Open|1-6 Screen|Ctrl+N New block")
    foot = footer_line(keys, [Key("Ctrl+P", "Actions"), KEYS], inner)
    return _framed([top_line(TopView(1, 53), inner)], home_lines(view, inner, height), foot, width, height)


def _road(first: int) -> Callable[[int, int], list[Line]]:
    """Road, scrolled to a row."""

    def paint(width: int, height: int) -> list[Line]:
        inner = min(width, CAP)
        plan, mine = road_samples.plan(), road_samples.road()
        page = road_page(mine, plan, now_of(mine, plan), inner)
        room = height - 4
        shown = page.lines[first : first + room]
        keys = _keys("t Test|a Attempt|s Score|m Assessment|b Busy|c Confirm|w Weak area|e Change")
        foot = footer_line(keys, [Key("Esc", "Home"), KEYS], inner)
        body = [BLANK, *shown, more_line(page, first, room, inner)]
        return _framed([top_line(TopView(6, 53), inner)], body, foot, width, height)

    return paint


def score_form(width: int, height: int) -> list[Line]:
    """The form of a score report, half filled."""
    inner = min(width, CAP)
    levels = ["lower", "same", "higher", "lower", "same", "", ""]
    names = ["Social sciences, ethics & safety", "Renal, urinary & reproductive", "Cardiovascular",
             "Musculoskeletal, skin & subcutaneous", "Behavioral health", "Nervous system", "Respiratory"]  # fmt: skip
    rows = [FormRow("Test taken on", "2026-10-14"), FormRow("Total", "209"), FormRow("Pass mark then", "218")]
    heading = "Systems: l lower, s same, h higher; Space leaves one out"
    for name, level in zip(names, levels, strict=True):
        rows.append(FormRow(name, level, None, heading if name == names[0] else ""))
    hint = "l lower, s same, h higher, Space: not on the report."
    view = FormView("Score report", rows, 8, hint, "5 of 29 levels")
    keys = _keys("↑↓ Field|←→ Value|A-Z Value, and on|Enter Keep")
    foot = footer_line(keys, [Key("Esc", "Back"), KEYS], inner)
    return _framed([], form_lines(view, inner, height), foot, width, height)


SCREENS: dict[str, Callable[[int, int], list[Line]]] = {
    "home": home,
    "home-lead": home_lead,
    "road": _road(0),
    "road-dates": _road(31),
    "road-scores": _road(64),
    "score-form": score_form,
    "new-block": new_block,
    "block": block,
    "item-list": item_list,
    "results": results,
    "review": _review(REVIEW, "Enter Next miss|←→ Item|↑↓ Scroll|. Flag|, Note|0 Change reason"),
    "review-ask": _review(REVIEW_ASK, "1-5 Name the reason|0 Skip|↑↓ Scroll"),
}
SIZES = ((80, 24), (120, 40))
PICTURES = [(name, *size, False) for name in SCREENS for size in SIZES]
PICTURES += [("block", 200, 60, False), ("results", 200, 60, False)]
PICTURES += [(name, 80, 24, True) for name in ("block", "item-list", "results")]
FOLDER = Path(__file__).parent / "screens"


def picture_path(name: str, width: int, height: int, ascii_only: bool) -> Path:
    """Where the kept picture of a screen lies."""
    return FOLDER / f"{name}-{width}x{height}{'+ascii' if ascii_only else ''}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, width, height, ascii_only in PICTURES:
        text = plain(SCREENS[name](width, height), ascii_only=ascii_only)
        picture_path(name, width, height, ascii_only).write_text(text, encoding="utf-8")
