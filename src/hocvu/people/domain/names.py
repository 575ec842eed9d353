"""Names of people as shown to those who must not see them whole, and as written in capitals."""

from hocvu.kernel.vietnamese import clean


def masked_name(full_name: str) -> str:
    """Return a name as initials: Nguyễn Thị Ánh -> N. T. Á."""
    return " ".join(f"{word[0].upper()}." for word in clean(full_name).split(" ") if word)


def looks_like_capitals(full_name: str) -> bool:
    """Say whether a name of two words or more is written in capitals only."""
    letters = [c for c in full_name if c.isalpha()]
    return len(letters) > 2 and all(c.isupper() for c in letters)


def proper_case(full_name: str) -> str:
    """Return a name with one capital a word, also after an apostrophe or hyphen: H'LOAN -> H'Loan."""
    made, start = [], True
    for char in full_name.lower():
        made.append(char.upper() if start and char.isalpha() else char)
        start = not char.isalpha()
    return "".join(made)


def masked_number(number: str) -> str:
    """Return an identity number with its middle hidden: 052175000012 -> 052•••••0012."""
    return f"{number[:3]}{'•' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "•" * len(number)
