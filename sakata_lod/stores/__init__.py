"""SPARQL engines elsewhere that hold a release: asking them, and putting a release there."""
