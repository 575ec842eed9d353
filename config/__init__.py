"""Settings, addresses and entries of the installation."""
