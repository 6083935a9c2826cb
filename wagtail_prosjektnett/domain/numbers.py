"""Numbers that identify Norwegian organisations."""

ORGANISATION_NUMBER_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_organisation_number(number: str) -> bool:
    """Whether nine digits are an organisation number: the last is a modulus-11 check digit.

    Source: Brønnøysundregistrene, the Central Coordinating Register for Legal Entities.
    """
    if len(number) != 9 or not number.isascii() or not number.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, ORGANISATION_NUMBER_WEIGHTS, strict=False))
    return (11 - total % 11) % 11 == int(number[8])


def is_municipality_number(number: str) -> bool:
    """Whether it is four digits, the first two of which are a county's number (Statistics Norway, Klass 131)."""
    return len(number) == 4 and number.isascii() and number.isdigit() and number[:2] != "00"
