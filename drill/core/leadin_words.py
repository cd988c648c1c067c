"""The vocabulary of lead-ins, as pieces of regular expressions. Texts are lower case, without hyphens."""

from __future__ import annotations


def any_of(*words: str) -> str:
    """Alternatives; an argument may hold several, apart by blanks (an underscore stands for a blank)."""
    return "(?:" + "|".join(word.replace("_", " ") for line in words for word in line.split()) + ")"


CARE = any_of(
    "management managing manage treatment treating treat therapy therapeutic care caring evaluation "
    "evaluating",
    "evaluate work_?up diagnosis diagnosing diagnose diagnostic assessment assessing investigation "
    "investigating",
    "approach resuscitation stabilization stabilizing intervention disposition follow_?up counseling "
    "confirming",
    "prevent(?:ing|ion) controlling relieving establishing determining reducing addressing correcting "
    "obtaining",
    "monitoring helping patient physician case situation condition scenario emergency symptoms",
)
"""What a step in medicine is a step of."""

THING = any_of(
    "actions? moves? measures? interventions? management managing treatments? therap(?:y|ies)",
    "pharmacotherap\\w+ medications? drugs? antibiotics? agents? procedures? tests? testing stud(?:y|ies)",
    "investigations? imaging modality exam(?:ination)?s? evaluation work_?up assessment diagnostics? "
    "approach",
    "strateg(?:y|ies) plan course recommendations? consultation care resuscitation maneuver order",
    "responses?(?!_(?:of|in|to_(?:treatment|therapy)|by_(?:the_)?(?:immune|body|host|cells?))\\b)",
    "priority line_of_\\w+ pharmacologic methods? fluids? anti(?!bod|gen)\\w+ thing_to",
)
"""What can be done for a patient."""

SEQUENCE = any_of(
    "next first(?!_line) initial immediate urgent emergent subsequent",
    "emergency(?!_(?:department|room|physician|medicine|care|medical|contracept))",
)
"""Words that ask for a place in the sequence."""

FILLER = (
    r"(?:\s+(?!"
    + any_of(
        "of in for to the a an that which is are was were during and or after by from on at as with when "
        "should",
        "this these his her years? hours? days? weeks? months? trimester degree line few several \\d+",
    )
    + r"\b)[\w'/]+){0,4}?"
)
"""Up to four adjectives and nouns between `next` and the thing; no preposition, article or verb."""

GOOD = any_of(
    "most_appropriate appropriate best(?!_(?:describes?|explains?|characteri[sz]es?|represents?)) proper "
    "correct",
    "optimal most_suitable suitable ideal recommended reasonable preferred of_choice most_important right",
    "most_prudent prudent wisest indicated advisable",
)
"""Words that ask for a choice between actions."""

DO = any_of(
    "do done perform(?:ed)? obtain(?:ed)? order(?:ed)? give given administer(?:ed)? start(?:ed)? "
    "initiated? begun",
    "begin assess(?:ed)? measured? treat(?:ed)? check(?:ed)? taken? recommend(?:ed)? undertaken pursued?",
    "conduct(?:ed)? request(?:ed)? sent send evaluated? address(?:ed)? managed? correct(?:ed)? instituted?",
    "prescribed? offer(?:ed)? tried try used? attempt(?:ed)? add(?:ed)? discontinued? stop(?:ped)? placed?",
    "insert(?:ed)? proceed undergo receive carried_out provided? implement(?:ed)? consult(?:ed)? "
    "contact(?:ed)?",
    "arranged? scheduled? refer(?:red)? test(?:ed)? investigated? imaged? repeat(?:ed)? secured? stabilized?",
    "written tell ask",
    "made completed? intubated? ruled_out prioritized? infused? get indicated needed required",
)
"""What a physician does; the forms that follow `should (be)`."""

ADVERB = (
    any_of(
        "next first initially immediately urgently emergently right_away at_once without_delay right_now now"
    )
    + r"(?=\s*(?:[?.,:;]|$)|\s+"
    + any_of("in for to by before as on with given regarding when at if during while prior because")
    + r"\b)"
)
"""A place in the sequence said of the verb, not of a noun that follows (`first dose`)."""

NOW = any_of(
    "at_(?:this|the_present|the_current|that)_(?:time|point|stage|moment|visit|juncture) right_now",
    "now(?!_\\w+ed\\b) at_present currently presently today immediately emergently urgently in_the_meantime",
    "(?:at|on|during)_(?:this|today's)_(?:visit|encounter|appointment) pending while_a?waiting",
)

LATER = any_of(
    "long_term longterm (?<!health_)maintenance lifelong chronic eventual(?:ly)? prophyla\\w+",
    "secondary_prevention definitive_(?:treatment|therapy|management) to_prevent",
    "decrease_the_(?:risk|likelihood)",
)
"""Treatment that is not about now."""

CLINICIAN = any_of("physician doctor resident intern student nurse surgeon")

SCIENCE = any_of(
    "mechanisms? structures? receptors? enzymes? cells? organisms? pathogens? pathways? molecules? genes? "
    "nerves?",
    "arter(?:y|ies) veins? muscles? effects? findings? complications? symptoms? signs? factors?",
    "explanations? causes? diagnos[ei]s disorders? statements? properties features? principles? terms? "
    "events?",
    "types?_of_(?:study|bias|error|cells?) abnormalit\\w+ lymph_nodes? vessels? proteins? hormones? "
    "substrates?",
    "changes?(?!_(?:to|in)_(?:\\w+_)?(?:\\w+_)?(?:treatment|therapy|medications?|regimen|management|dose))",
    "characteristics? outcomes? (?:results?|values?)_(?:is|are) ligaments? bones? spaces? tissues?",
)
"""What is asked for when it is no action."""

ABOUT = any_of(
    "mechanisms? (?:side_|adverse_)?effects? complications? contraindications? indications? rationale "
    "reasons?",
    "purpose goals? benefits? risks? propert(?:y|ies) characteristics? features? targets? toxicit(?:y|ies)",
    "reactions? advantages? disadvantages? limitations? components? class site consequences? outcomes? "
    "sequela\\w* results?_of explanations?_(?:for|of)",
    "monitor(?:ed|ing)? supports? indicative need (?:statements?|true|correct|accurate)_(?:about|regarding"
    "|concerning|of)",
)
"""What can be asked about a step instead of the step."""

PROCESS = any_of(
    "\\w*synthesis pathogenesis \\w*pathway cascade cycle formation \\w*genesis replication transcription",
    "translation metabolism degradation catabolism glycolysis signaling production process processing repair",
    "absorption transport differentiation maturation division meiosis mitosis coagulation hemostasis healing",
    "digestion activation development progression response contraction secretion oxidation phosphorylation",
    "experiment study trial protocol assay analysis reaction research project sequencing spectrometry "
    "elongation",
    "hypothesis data survey quality_control this_structure inflammation apoptosis migration extravasation "
    "diapedesis fertilization blotting",
)
"""What a step in biology or research is a step of."""
