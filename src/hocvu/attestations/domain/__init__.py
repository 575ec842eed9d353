"""Pure logic: the verdict, the words printed. No Django, no clock."""
