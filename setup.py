"""Compiles the translations while the package is built, without an installed gettext."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).parent / "wagtail_prosjektnett" / "locale"


class BuildWithTranslations(build_py):
    """Builds the package with its compiled translations beside their sources."""

    def run(self) -> None:
        """Compile, then build as usual."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text))
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
