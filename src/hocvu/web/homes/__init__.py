"""The first screen of each role: what it needs to know and to do now."""
