"""Texts as they may stand in headers and files that have a line for each thing."""

import unicodedata


def visible(text: str) -> str:
    """Return a text without control characters but line breaks, which are all of one kind."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in text if each == "\n" or unicodedata.category(each) not in ("Cc", "Cs"))


def on_one_line(text: str) -> str:
    """Return a text on one line, with a space for all that parts its words."""
    return " ".join(visible(text.replace("\t", " ")).split())
