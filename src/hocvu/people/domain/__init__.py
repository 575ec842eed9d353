"""Pure logic of people: names, codes, PINs, cells of a roster. No Django, no clock."""
