"""Files from outside: quotas as a spreadsheet."""
