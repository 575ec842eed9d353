"""Which nominations count: those named or approved, not those withdrawn or replaced."""

from django.db.models import Q

LIVE = Q(state__in=["named", "approved"])
