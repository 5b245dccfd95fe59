"""Search over measures: words and facets → measures, from the index that stands in the release."""
