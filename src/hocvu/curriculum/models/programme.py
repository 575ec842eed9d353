"""A programme: what is taught, in how many lesson periods."""

from django.db import models

from hocvu.kernel.ids import new_uuid


class Programme(models.Model):
    """A course of lessons on one or more axes; campaigns name it by ``code``."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    title = models.JSONField()
    axes = models.JSONField(help_text='{"1": {"vi": …, "fr": …, "en": …}, …}')
    periods = models.PositiveSmallIntegerField(help_text="lesson periods of 45 minutes")

    def __str__(self) -> str:
        return self.code
