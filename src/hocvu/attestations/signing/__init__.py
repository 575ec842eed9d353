"""The issuer's key: made for the demo, loaded once, used for seals and PDF signatures."""
