import pytest

from sakata_lod.publish.number_formats import UnknownNumberFormatError, displayed


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (3.0, "General", "3"), (0.1 + 0.2, "General", "0.3"), (-1.5, "General", "-1.5"), (12, "@", "12"),
        (0.947, "0.0%", "94.7%"), (0.5, "0%", "50%"), (1.0, "0.00%", "100.00%"), (0.125, "0%", "13%"),
        (1234567, "#,##0", "1,234,567"), (1234.5, "#,##0.00", "1,234.50"), (5, "00", "05"), (0, "#,###", ""),
        (-3.5, '0.0;"▲"0.0', "▲3.5"), (0, '0;-0;"-"', "-"), (-1200, "#,##0;[Red]-#,##0", "-1,200"),
        (24, '0"件"', "24件"), (2022, '0"年度"', "2022年度"), (12, "¥#,##0", "¥12"), (1.5, "0.##", "1.5"),
        (2, "0.##", "2."), (1e30, "0.0", f"{10**30}.0"), (-0.04, "0.0", "0.0"), (0.5, '"約"0%', "約50%"), (50, '0"%"', "50%"), (3, "0;0;0;@", "3"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_cell_shows_it(number: float, number_format: str, expected: str) -> None:
    assert displayed(number, number_format) == expected


@pytest.mark.parametrize(
    "number_format", ["yyyy/m/d", "#,##0,", "0.00E+00", "# ?/?", "[h]:mm", 'ggge"年"', "[>100]0;0.0"]
)
def test_a_format_in_which_a_number_is_shown_otherwise_is_refused(number_format: str) -> None:
    with pytest.raises(UnknownNumberFormatError):
        displayed(45000, number_format)
