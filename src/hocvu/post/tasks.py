"""Background sending of the outbox."""

from django_tasks import task

from .services.letters import send_waiting


@task()
def send_letters() -> None:
    """Send what waits in the outbox."""
    send_waiting()
