"""Pure logic: the register from observations, rotating codes, the rubric. No Django, no clock."""
