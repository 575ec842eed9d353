"""The roof: entry, menus, a home page per role, pages that show several apps."""
