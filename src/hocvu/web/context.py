"""What the frame of every page shows: who is signed in, the menu, the language, the demo's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.http import visitor_of

from .menu import MenuEntry, menu_for
from .words import role_name


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page."""

    language: str
    languages: list[tuple[str, str]]
    visitor: Actor | None
    role_name: str
    menu: list[MenuEntry]
    campaign_name: str
    demo: bool
    now: datetime
    can_move_clock: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame as ``frame``."""
    visitor = visitor_of(request)
    language = translation.get_language() or "vi"
    campaign = campaign_in_view()
    frame = Frame(
        language=language,
        languages=list(settings.LANGUAGES),
        visitor=visitor,
        role_name=role_name(visitor.role) if visitor else "",
        menu=menu_for(visitor, request.path) if visitor else [],
        campaign_name=pick(campaign.short_name, language) if campaign else "",
        demo=settings.DEMO,
        now=clock.now(),
        can_move_clock=settings.DEMO and visitor is not None and visitor.role is Role.MANAGER,
    )
    return {"frame": frame}
