"""What each kind of page shows: typed facts, asked of the store by SPARQL; one room a kind of page."""
