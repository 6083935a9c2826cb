"""What Norwegian words have in common: how they begin, without the endings that grammar gives them."""

#: The endings of nouns, verbs and adjectives in Bokmål and Nynorsk, the longest first.
_ENDINGS = (
    "heten", "heter", "ande", "ende", "ingen", "inga",
    "ane", "ast", "ene", "ens", "ers", "ets", "est", "ing", "het",
    "ar", "as", "de", "en", "er", "es", "et", "te", "an", "na",
    "a", "e", "s",
)  # fmt: skip
#: Fewer letters than these tell nothing about what a word is.
SHORTEST_STEM = 4


def stem(word: str) -> str | None:
    """Return the beginning that forms of a Norwegian word share, or None for a word that is too short to tell.

    It is a guess by the ending: ``gevinstene`` and ``gevinster`` give ``gevinst``.
    """
    if len(word) < SHORTEST_STEM:
        return None
    for ending in _ENDINGS:
        if word.lower().endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
