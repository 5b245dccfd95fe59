"""CKAN's Action API over the catalogue: what CKANs, and those who harvest them, ask for."""
