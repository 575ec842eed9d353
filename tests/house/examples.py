"""For each address that names an object: one of the signed-in roles' own, one of others, and who is held to it.

``own`` and ``other`` are the arguments of the address; ``scoped`` are the roles that must find their own and
must not find the other's. Addresses whose object needs a whole campaign behind it (an attestation, a report)
are walked by the tests of their app and listed in ``SKIPPED`` with the reason.
"""
