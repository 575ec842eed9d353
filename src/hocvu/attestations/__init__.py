"""Who earned an attestation and why (not); issue, register, verify, revoke."""
