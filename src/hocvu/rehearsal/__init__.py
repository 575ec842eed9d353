"""A synthetic campaign and simulated people who play it through the doors."""
