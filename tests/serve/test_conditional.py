"""Conditional requests (RFC 9110, 13), each case by its name."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

DOC = "/doc/measure/joho/2-1-2.ttl"
MODIFIED = "Wed, 10 May 2023 00:00:00 GMT"
BEFORE = "Tue, 09 May 2023 00:00:00 GMT"
AFTER = "Thu, 11 May 2023 00:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"If-None-Match": "{tag}"}, 304, id="the tag"),
        pytest.param({"If-None-Match": '"a", {tag}, "b"'}, 304, id="the tag in a list"),
        pytest.param({"If-None-Match": '"a","b",{tag}'}, 304, id="a list without spaces"),
        pytest.param({"If-None-Match": "W/{tag}"}, 304, id="a weak tag compares weakly"),
        pytest.param({"If-None-Match": '"a", "b"'}, 200, id="other tags"),
        pytest.param({"If-None-Match": "*"}, 304, id="any tag"),
        pytest.param({"If-None-Match": ""}, 200, id="no tag"),
        pytest.param({"If-None-Match": "nonsense"}, 200, id="a tag without quotation marks"),
        pytest.param({"If-None-Match": '"'}, 200, id="a quotation mark alone"),
        pytest.param({"If-Modified-Since": MODIFIED}, 304, id="since the last change"),
        pytest.param({"If-Modified-Since": AFTER}, 304, id="since later"),
        pytest.param({"If-Modified-Since": BEFORE}, 200, id="since before"),
        pytest.param({"If-Modified-Since": "yesterday"}, 200, id="a date that is none is ignored"),
        pytest.param({"If-Modified-Since": "Wednesday, 10-May-23 00:00:00 GMT"}, 304, id="the older way of dates"),
        pytest.param({"If-None-Match": '"a"', "If-Modified-Since": AFTER}, 200, id="tags come before dates"),
        pytest.param({"If-None-Match": "{tag}", "If-Modified-Since": BEFORE}, 304, id="tags before dates, the same"),
        pytest.param({"If-Match": "{tag}"}, 200, id="insisting on what there is"),
        pytest.param({"If-Match": "*"}, 200, id="insisting on anything"),
        pytest.param({"If-Match": '"a"'}, 412, id="insisting on another"),
        pytest.param({"If-Match": "W/{tag}"}, 412, id="a weak tag is never insisted on"),
    ],
)  # fmt: skip
def test_what_a_condition_comes_to(client: FlaskClient, headers: Mapping[str, str], status: int) -> None:
    tag = client.get(DOC).headers["ETag"]
    answer = client.get(DOC, headers={name: value.replace("{tag}", tag) for name, value in headers.items()})
    assert answer.status_code == status
    assert answer.headers["ETag"] == tag
    assert (answer.data == b"") == (status != 200)
