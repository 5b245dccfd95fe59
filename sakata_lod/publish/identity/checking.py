"""What plan.toml says of divisions and measures, held to the edition's table and to those before."""

from collections.abc import Iterable, Mapping
from datetime import date

from sakata_lod.errors import Words
from sakata_lod.folding import fold
from sakata_lod.publish.identity.listing import Known, Listed
from sakata_lod.site import Identity

_NOT_LISTED = Words("この版の表に、この番号はありません", "the table of this edition has no such number")


def problems(
    identity: Identity, listed: Mapping[str, Listed], known: Mapping[str, Known], as_of: date
) -> Iterable[tuple[str, Words]]:
    """Where something does not fit, as a key below the table's, and what is the matter."""
    for key, numbers in identity.numbers.items():
        yield from ((f"{key}.{number}", _NOT_LISTED) for number in numbers if number not in listed)
    named = [(f"renumbered.{number}", key) for number, key in identity.renumbered.items()]
    named += [("ended", key) for key in identity.ended]
    named += [(f"made_from.{number}", key) for number, keys in identity.made_from.items() for key in keys]
    unknown = ((place, key) for place, key in named if key not in known)
    yield from ((place, _unknown(identity, key)) for place, key in unknown)
    for number, key in identity.new.items():
        if key in known:
            free = f"{number}-{as_of.year}"
            yield (
                f"new.{number}",
                Words(
                    f"前の{identity.noun_ja}のIRIが {key} です。これは {free} にしてください",
                    f"an earlier {identity.noun} has the address {key}: give this one {free}",
                ),
            )
    for number, title in identity.renamed.items():
        if number in listed and fold(listed[number].title) != fold(title):
            printed = listed[number].title
            said = Words(f"表には「{printed}」とあります", f"the table prints “{printed}” there")
            yield f"renamed.{number}", said


def _unknown(identity: Identity, key: str) -> Words:
    return Words(
        f"{identity.noun_ja} {key} は、これより前の版にありません",
        f"no earlier edition lists a {identity.noun} {key}",
    )
