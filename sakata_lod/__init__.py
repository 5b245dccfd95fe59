"""Publish the progress of a municipal plan as linked open data."""

__version__ = "0.1.0"
