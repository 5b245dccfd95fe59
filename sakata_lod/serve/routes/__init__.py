"""The views, a room a subject. They parse a request, ask, and hand over what is to be represented."""
