"""Letters out: one outbox, sent by whatever mail the installation has."""
