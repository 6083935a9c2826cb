"""Make the presentations of the example network for Finnmark.

Run it from anywhere, in an environment with typst 0.15 (``pip install typst``)::

    python example_site/content/make_presentations.py

It also needs the font Liberation Sans (Debian: ``fonts-liberation``). The presentations are tagged PDFs that
follow PDF/UA-1, and typst refuses to make one that does not; their text is in ``slides/``. With the same
versions of typst and the font, the files are the same to the byte each time.
"""

import sys
from pathlib import Path

import typst

CONTENT = Path(__file__).resolve().parent
SLIDES = CONTENT / "slides"
DOCUMENTS = CONTENT / "finnmark" / "documents"
FONT = "Liberation Sans"
FONT_FOLDER = "/usr/share/fonts/truetype/liberation"
NOT_DECKS = {"theme.typ"}

#: When the PDFs say that they were made: 1 January 2019, 12:00 UTC. A clock would make each run differ.
TIMESTAMP = 1546344000


def make_presentations() -> None:
    """Compile each deck in ``slides/`` to a PDF of the same name."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONT_FOLDER])
    if FONT not in fonts.families():
        sys.exit(f"The font {FONT} is not in {FONT_FOLDER}.")
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    for deck in sorted(SLIDES.glob("*.typ")):
        if deck.name not in NOT_DECKS:
            target = DOCUMENTS / f"{deck.stem}.pdf"
            typst.compile(
                deck,
                output=target,
                root=SLIDES,
                font_paths=[FONT_FOLDER],
                ignore_system_fonts=True,
                pdf_standards="ua-1",
                timestamp=TIMESTAMP,
            )
            report(target)


def report(path: Path) -> None:
    """Tell what was made."""
    print(f"{path.relative_to(CONTENT)}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    make_presentations()
