"""Make releases: from a printed table to a folder of finished, validated files."""
