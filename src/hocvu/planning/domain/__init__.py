"""Pure planning logic: the instance, the plan, its cost, its limits and the engine that finds it; no framework."""
