"""The cellar: clock, ids, Vietnamese text, actors, errors. Knows no framework and no other package."""
