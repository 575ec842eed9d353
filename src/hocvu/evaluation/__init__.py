"""Reaction, learning, behaviour, results: forms now and months later."""
