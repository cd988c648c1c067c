"""The kinds of figures by the word of the format, apart from what they hold, which takes longer to load."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "plot": "Graph",
        "image": "Picture",
        "ecg": "Electrocardiogram",
        "fetal": "Cardiotocogram",
        "spirometry": "Spirometry",
        "audiogram": "Audiogram",
        "forest": "Forest plot",
        "survival": "Survival curves",
        "roc": "ROC curve",
    }
)
"""What each is called where it has no title."""
