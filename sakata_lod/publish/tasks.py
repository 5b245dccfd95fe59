"""What was done in a year → its tasks."""

import re


def tasks(text: str) -> tuple[str, ...]:
    """Split what was done in a year into its tasks, at blanks; a part in brackets belongs to its neighbour.

    A blank stands where the sheet broke the line, which often, not always, separates two tasks.
    """
    spans: list[tuple[int, int]] = []
    for part in re.finditer(r"\S+", text):
        first_in_brackets = len(spans) == 1 and _is_bracketed(text[slice(*spans[0])])
        if spans and (_is_bracketed(part[0]) or first_in_brackets):
            spans[-1] = (spans[-1][0], part.end())
        else:
            spans.append(part.span())
    return tuple(text[start:end] for start, end in spans)


def _is_bracketed(text: str) -> bool:
    return re.fullmatch(r"[(（][^()（）]*[)）]", text) is not None
