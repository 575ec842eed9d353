"""Vietnamese text: clean it, order it, search it. The order equals ICU ``vi``, with no library behind it.

Sources: the alphabet a ă â b c d đ e ê …; tones level, grave, hook, tilde, acute, dot below; people are
ordered by given name, then by family and middle names.
"""

import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: index + 20 for index, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: part of the letter
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# The same syllable is written with the tone on either vowel: fold to one for search.
_OLD_STYLE = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"} | {
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"
} | {"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip


def clean(text: str) -> str:
    """Return ``text`` in NFC, without invisible characters, with single plain spaces."""
    shown = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return " ".join(shown.split())


def fold(text: str) -> str:
    """Return ``text`` for searching: small letters, no marks, đ as d (NFD does not split it)."""
    marked = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    plain = "".join(c for c in marked if not unicodedata.combining(c))
    return plain.replace("’", "'")


@lru_cache(maxsize=65536)
def _word_key(word: str) -> tuple[bytes, bytes]:
    letters, tones = bytearray(), bytearray()
    for char in unicodedata.normalize("NFC", word.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[p] for p in parts if p in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        rank = _RANK.get(base)
        if rank is None:
            rank = 10 + int(char) if char.isdigit() and char.isascii() else (2 if char.isspace() else 5)
        letters.append(rank)
        tones.append(tone + 1)
    return bytes(letters), bytes(tones)


def sort_key(text: str) -> str:
    """Return a key of plain letters whose order is the Vietnamese dictionary's (letters first, then tones)."""
    letters, tones = _word_key(clean(text))
    return letters.hex() + "00" + tones.hex()


def name_sort_key(full_name: str) -> str:
    """Return the key that orders people: given name, then family and middle names."""
    words = clean(full_name).split(" ")
    given, rest = words[-1], " ".join(words[:-1])
    first, tone_first = _word_key(given)
    second, tone_second = _word_key(rest)
    return f"{first.hex()}01{tone_first.hex()}00{second.hex()}01{tone_second.hex()}"


def given_name(full_name: str) -> str:
    """Return the name people are addressed by: the last word."""
    return clean(full_name).rsplit(" ", 1)[-1]


def same_spelling(text: str) -> str:
    """Return ``text`` with the two ways of placing a tone (Hoà, Hòa; Thuỷ, Thủy) made one."""
    shown = clean(text)
    for old, new in _OLD_STYLE.items():
        shown = shown.replace(old, new).replace(old.capitalize(), new.capitalize())
    return shown


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def mark_in_words(tenths: int) -> str:
    """Return a mark out of ten in words, as mark sheets write it: 85 -> "Tám phẩy năm"."""
    whole, rest = divmod(tenths, 10)
    words = _DIGITS[whole] + (f" phẩy {_DIGITS[rest]}" if rest else "")
    return words.capitalize()
