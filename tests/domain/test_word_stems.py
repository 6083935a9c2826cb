"""Norwegian words without their endings."""

import pytest

from wagtail_prosjektnett.domain.word_stems import stem


@pytest.mark.parametrize(
    "word, beginning",
    [
        ("gevinst", "gevinst"),
        ("gevinster", "gevinst"),
        ("gevinstene", "gevinst"),
        ("gevinstane", "gevinst"),
        ("Prosjektleder", "Prosjektled"),
        ("styringsgruppa", "styringsgrupp"),
        ("mål", None),
        ("mandat", "mandat"),
        ("risikoen", "risiko"),
    ],
)
def test_forms_of_a_word_begin_alike(word, beginning):
    assert stem(word) == beginning
