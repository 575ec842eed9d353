"""The stages of the planning engine, from the coarse class plan to the team of each class."""
