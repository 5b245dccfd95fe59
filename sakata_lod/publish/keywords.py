"""Keywords as catalogues take them.

CKAN refuses a whole dataset for one tag with other signs than letters, digits, "-", "_", "." and blanks, or
of less than 2 or more than 100 characters. The wording itself stays with the theme that it names.
"""

import re
import unicodedata

SHORTEST, LONGEST = 2, 100

_REFUSED = re.compile(r"[^\w \-.]+")
_BLANKS = re.compile(r"\s+")


def keyword(text: str) -> str | None:
    """Clean a keyword: "VR（仮想現実）" → "VR 仮想現実". None where nothing of use is left."""
    plain = _REFUSED.sub(" ", unicodedata.normalize("NFKC", text))
    cleaned = _BLANKS.sub(" ", plain)[:LONGEST].strip()
    return cleaned if len(cleaned) >= SHORTEST else None
