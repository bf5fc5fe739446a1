"""Figures are read as people write them, and what is no figure is refused in words."""

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from caseaudit.statistics._exact import fraction, whole


class NumpyLikeFloat(float):
    def __repr__(self):
        return f"np.float64({float.__repr__(self)})"


@pytest.mark.parametrize("value", ["0.95", 0.95, Decimal("0.95"), Fraction(19, 20), NumpyLikeFloat(0.95)])
def test_a_decimal_means_what_is_written(value):
    assert fraction(value, "It") == Fraction(95, 100)


@pytest.mark.parametrize(
    "value",
    [None, True, "", "five", "5 %", float("nan"), float("inf"), Decimal("-Infinity"), "1e-999999999", 10**301],
)
def test_what_is_no_sensible_number_is_refused_without_being_quoted(value):
    with pytest.raises(ValueError, match=r"^The rate (must be|is out)") as refusal:
        fraction(value, "The rate")
    assert value in (None, True, "") or str(value) not in str(refusal.value)


@pytest.mark.parametrize("value", [-1, 1.0, "1", None, True])
def test_a_count_is_a_whole_number_and_not_negative(value):
    with pytest.raises(ValueError, match="The count"):
        whole(value, "The count")


def test_the_statistics_load_no_heavy_library():
    code = (
        "import sys, caseaudit.statistics.spc, caseaudit.statistics\n"
        "print(sorted({'polars', 'pandera', 'scipy', 'numpy'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
