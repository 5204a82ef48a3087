"""Codes and lot names in the form they are looked up by."""

_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_ALIKE = str.maketrans("oil", "011")


def code14(text: str) -> str:
    """A GTIN-8, 12, 13 or 14 with a right check digit as 14 digits, anything else as it is (design 6)."""
    code = text.strip()
    if len(code) not in _GTIN_LENGTHS or not (code.isascii() and code.isdigit()):
        return code
    full = code.zfill(14)
    return full if _check_digit(full[:13]) == full[13] else code


def folded(name: str) -> str:
    """What near-equal lot names share: case, spaces, O or 0, I, L or 1 do not count (ward 14)."""
    return "".join(name.casefold().split()).translate(_ALIKE)


def _check_digit(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return str(-total % 10)
