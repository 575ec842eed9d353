"""The attestation itself, drawn from its frozen payload."""
