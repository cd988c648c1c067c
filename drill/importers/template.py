"""The commented bank that `drill new-bank` writes: every field, and it passes the check without a warning."""

from __future__ import annotations

from drill.importers.drafts import bank_id_from

# ruff: noqa: E501 - paragraphs of a bank are one line each, here too
_TEMPLATE = """\
# A bank of questions for drill. Lines that start with # are comments.
# Text is kept as typed: no, 1:30 and 012 stay what they are. Put a text in double quotes when it
# starts with a sign such as > % @ * & ! [ {{ or holds a colon and a space, or a # after a space;
# or write it on the lines below a |, indented, where every sign may stand.
# Check the file with: drill check FILE
drill: 1                       # version of the format, always 1

bank:
  id: {bank_id}
  title: {title}
  # Optional: author, description, license, source, url
  author: Your name

# Optional. Fills gaps in every item: subject, system, topic, task, difficulty, tags, references,
# next_best_step
defaults:
  subject: Medicine

items:
  - id: chest-pain-01          # stable: a changed question keeps its history under its id
    # Line breaks under | are kept, for tables. Write each paragraph as one long line, however long.
    stem: |
      A 58-year-old man is brought to the emergency department 40 minutes after he had sudden, pressing chest pain at rest. He is pale and sweating. Pulse is 96/min and blood pressure is 142/88 mm Hg.

      Oxygen saturation   97 %
      Temperature         36.8 C
    # The question. Leave lead_in out when it is the last sentence of stem.
    lead_in: Which of the following is the most appropriate next step in management?
    # 2 to 26 options: letters from A on, or a plain list with - . An option is a text, or text and more.
    options:
      A:
        text: Obtain a 12-lead ECG
        why: It takes two minutes and decides what follows.
        # What kind of step: stabilize, test, treat, procedure, consult, observe, counsel, discharge, other
        action: test
      B:
        text: Send serum troponin and wait for the result
        why: The result comes too late to decide the first step.
        action: test
        # For a wrong next step, why it is wrong: later (right, but not yet), earlier (its time has passed),
        # never (not indicated), harmful
        when: later
      C:
        text: Emergency coronary angiography
        action: procedure
        when: later
      D:
        text: Discharge with an outpatient stress test
        action: discharge
        when: harmful
    answer: A
    explanation: |
      In suspected acute coronary syndrome the ECG comes first: it is quick, and it tells who needs reperfusion at once. Here it was normal [figure ecg].
    objective: In suspected acute coronary syndrome, obtain an ECG first.
    # The rest is optional. next_best_step is decided from the lead-in when left out.
    next_best_step: true
    task: Laboratory/Diagnostic Studies
    system: Cardiovascular
    topic: Acute coronary syndrome
    difficulty: easy           # easy, medium or hard
    tags:
      - chest pain
    references:
      - "A textbook, chapter 3"
    # Pictures, graphs and tracings. A text shows where one belongs: [figure ecg]. One that only the explanation
    # names is shown only there. drill draws an ecg, a plot and others from numbers: see docs/bank-format.md
    figures:
      - id: ecg
        alt: Lead II for 6 seconds, regular at 96 a minute, every QRS complex after a P wave.
        ecg:
          rate: 96
      # A picture is a PNG, JPEG or WebP in the folder of this file:
      # - id: hand
      #   alt: The back of a hand with swollen knuckles.
      #   image: pictures/hand.jpg

  # Items with the same set name, one after the other, are a sequential set: moving on locks the answer.
  - id: back-pain-01
    set: back-pain
    stem: |
      A 34-year-old woman has had low back pain for two days, since she lifted a box. She can walk. Strength, reflexes and sensation in the legs are normal. Which of the following is the most likely diagnosis?
    options:
      - Lumbar strain
      - Cauda equina syndrome
      - Vertebral osteomyelitis
    answer: A
    explanation: Pain after lifting without any neurologic sign is most often a strain.

  - id: back-pain-02
    set: back-pain
    stem: |
      The same woman asks what she should do. She has no fever, no history of cancer, and controls bladder and bowel. Which of the following is the most appropriate next step in management?
    options:
      - MRI of the lumbar spine
      - Bed rest for two weeks
      - Continued activity and ibuprofen
    answer: C
    explanation: Without warning signs imaging does not help, and staying active shortens the pain.
"""


def template(bank_id: str = "my-questions", title: str = "My questions") -> str:
    """The template as text. `bank_id` is made fit, `title` is quoted where YAML asks for it."""
    from drill.importers.yaml_writer import scalar

    return _TEMPLATE.format(bank_id=scalar(bank_id_from(bank_id)), title=scalar(title))
