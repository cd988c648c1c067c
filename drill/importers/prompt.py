"""Instructions to paste into a language model, so that it writes questions in drill's own format."""

from __future__ import annotations

import re

from drill.importers import fields
from drill.importers.template import template

_INSTRUCTIONS = """\
Write single-best-answer practice questions about the subject that I name below, as one YAML file in exactly
the format of the example at the end. Answer with the file alone: no text around it, no Markdown fence.

The format:
- The first line is `drill: 1`. `bank` has an `id` (a-z, 0-9 and -) and a `title`. `items` is the list.
- Each item has an `id` of its own (short, never changed later), `stem`, `lead_in`, `options`, `answer` and
  `explanation`; `objective` and `subject` if you can. No other fields than those of the example.
- `stem` is the vignette and `lead_in` the question. Write `stem` and `explanation` below a `|`, indented by
  six spaces. Put every other text that holds a colon, a # or a quotation mark, or that starts with a sign, in
  double quotes.
- `options` are lettered A, B, C ... without gaps, five of them, each on its own line, all of the same kind
  and of about the same length. No "all of the above", no "none of the above", no two that mean the same.
- `answer` is one letter. Spread the answers evenly over the letters.
- `explanation` says why the key is right and why each other option is wrong, in your own words.
- For a question about the next step, an option may have `action`
  ({actions}) and a wrong one `when`
  ({whens}).

The questions:
- Each has one best answer that a careful reader can defend from the stem alone. Give ages, findings and
  laboratory values with units; refer to no figure.
- Use what is well established. Where guidelines differ or you are not sure, leave the question out.
- Write your own text. Do not copy or rewrite questions of any question bank or exam.

Subject and number of questions: <FILL THIS IN>

Example of the format:

"""
_AFTER = """\

# How to go on (this is not for the model):
# Save its answer as my-questions.yaml, then
#   drill check my-questions.yaml     names every mistake with its line and column
#   drill preview my-questions.yaml   shows it as a learner sees it
#   drill import my-questions.yaml
# Nobody has reviewed such questions: a model makes mistakes that read well. Check each key against a source
# you trust before you believe it; a question whose key is wrong can be retired in review ("wrong key").
"""


_FIGURES = re.compile(r" Here it was normal \[figure \w+\]\.|    figures:\n(?:      .*\n)+")
"""What of the template's example a model is not asked for."""


def prompt() -> str:
    """The instructions with an example, and for the learner what to do with the answer."""
    actions, whens = ", ".join(fields.ACTIONS), ", ".join(fields.WHENS)
    rows = template().split("\n")
    example = "\n".join(row for row in rows if not row.lstrip().startswith("#"))
    example = _FIGURES.sub("", f"{example}\n")
    return _INSTRUCTIONS.format(actions=actions, whens=whens) + example.strip("\n") + "\n" + _AFTER
