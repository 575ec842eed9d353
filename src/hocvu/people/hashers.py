"""The password hash: Argon2id at 19 MiB, 2 passes (OWASP's floor; 48 ms, Django's default takes 608)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, 2 passes, 1 lane."""

    algorithm = "argon2id19"
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
