"""How fast it is, measured beside what it is compared with."""
