"""The goals as a picture: how near each is, as a share of what is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _ROW, _TOP = 900, 34, 64
_BARS, _SPAN, _MOST = 350, 300, 2.0
"""Where bars begin, how long the longest is, and of how many times the goal."""

_REACHED, _MISSED = "#0017c1", "#b25100"


@dataclass(frozen=True, slots=True)
class Line:
    """A goal in the picture. share: of what is wanted; 1 reaches it. said: what was measured, and wanted."""

    name: str
    share: float
    said: str


def picture(lines: Sequence[Line], about: str) -> str:
    """Draw the goals as SVG. about: how it was measured."""
    height = _TOP + _ROW * len(lines) + 16
    wanted = _BARS + _SPAN / _MOST
    told = "; ".join(f"{each.name}: {each.said}" for each in lines)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="title desc">',
            '<title id="title">How near the goals of size and speed are</title>',
            f'<desc id="desc">{escape(told)}</desc>',
            "<style>text{font:13px sans-serif;fill:#1a1a1a}.q{fill:#555;font-size:12px}</style>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            f'<text class="q" x="16" y="24">{escape(about)}</text>',
            f'<text class="q" x="{wanted:g}" y="{_TOP - 12}" text-anchor="middle">the goal</text>',
            *(part for number, each in enumerate(lines) for part in _row(each, _TOP + number * _ROW)),
            f'<line x1="{wanted:g}" y1="{_TOP - 6}" x2="{wanted:g}" y2="{height - 12}" stroke="#1a1a1a" '
            'stroke-dasharray="4 3"/>',
            "</svg>",
            "",
        )
    )


def _row(line: Line, top: int) -> Iterator[str]:
    length = max(2.0, min(line.share, _MOST) / _MOST * _SPAN)
    colour = _REACHED if line.share >= 1 else _MISSED
    yield f'<text x="{_BARS - 10}" y="{top + 17}" text-anchor="end">{escape(line.name)}</text>'
    yield f'<rect x="{_BARS}" y="{top + 4}" width="{length:.1f}" height="18" fill="{colour}"/>'
    yield f'<text x="{_BARS + _SPAN + 12}" y="{top + 17}">{escape(line.said)}</text>'
