"""From a refusal's code and data to a sentence in the page's language.

Each app lists its sentences in ``web/sentences.py`` and registers them when Django starts.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvu.kernel.errors import Refused

Sentence = Any  # a lazily translated text with %(name)s places, or a function of the data
_sentences: dict[str, Sentence] = {"kernel.not_allowed": gettext_lazy("You may not do this in your role.")}


def register_sentences(sentences: Mapping[str, Sentence]) -> None:
    """Add sentences by refusal code; a code said twice is a mistake."""
    for code, sentence in sentences.items():
        if code in _sentences and _sentences[code] is not sentence:
            raise ValueError(f"two sentences for {code}")
        _sentences[code] = sentence


def sentence(refused: Refused) -> str:
    """Return the sentence for a refusal, in the page's language."""
    found = _sentences.get(refused.code)
    if found is None:
        return _("This could not be done (%(code)s).") % {"code": refused.code}
    if isinstance(found, Callable):  # type: ignore[arg-type]
        return str(found(**refused.data))
    return str(found) % refused.data


def known_codes() -> frozenset[str]:
    """Return the codes that have a sentence (a test holds every raised code against them)."""
    return frozenset(_sentences)
