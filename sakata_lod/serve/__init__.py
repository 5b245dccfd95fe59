"""Answer requests from a release, writing nothing."""
