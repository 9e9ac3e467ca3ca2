"""What the law says of a region and a party: guidance with its citation, never legal advice."""

from explorer.law.advising import RULES, Advice, advice
from explorer.law.case import Track
from explorer.law.finding import EFFECTS, Effect, Finding
from explorer.law.general import UNTOLD
from explorer.law.steps import Step
from explorer.law.words import (
    AdviceWords,
    FieldWords,
    FindingWords,
    StepWords,
    advice_words,
    field_words,
    finding_words,
    step_words,
)

__all__ = [
    "EFFECTS", "RULES", "UNTOLD", "Advice", "AdviceWords", "Effect", "FieldWords", "Finding",
    "FindingWords", "Step", "StepWords", "Track", "advice", "advice_words", "field_words",
    "finding_words", "step_words",
]  # fmt: skip
