"""What every chart keeps to: words beside colours, a bounded size, nothing outside the page."""

import re
from itertools import pairwise

import pytest

from caseaudit.publication import Column, Figure, PublicTable
from caseaudit.reporting import charts

NAME = "Bar chart. Five of 12 are over the limit."


def words_of(svg):
    return re.findall(r"<text[^>]*>(.*?)</text>", svg)


def bars(number):
    return [charts.Bar(f"Standard {n}", n / 40, f"{n} of 40", n > 5, (0.0, 1.0)) for n in range(number)]


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_a_bar_carries_its_name_its_figure_and_a_word_for_its_state(width):
    told = words_of(charts.shares(bars(8), ("Met", "Not met"), NAME, width))
    assert {"Standard 3", "3 of 40", "Standard 7", "7 of 40, met"} <= set(told)


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_a_figure_after_a_bar_that_reaches_the_end_is_not_cut(width):
    whole = [charts.Bar("Case without named worker (CAP05)", 1.0, "100 %", True, (0.9, 1.0))]
    svg = charts.shares(whole, ("Met", "Not met"), NAME, width)
    across = float(re.search(r'viewBox="0 0 ([\d.]+)', svg).group(1))
    begins = ends_of(svg, "100 %, met")
    assert across - begins >= 5.5 * len("100 %, met")


def ends_of(svg, text):
    """Where a text begins, from the left edge: its own shift and those of the groups around it."""
    before = svg[: svg.index(f">{text}<")]
    shifts = [0.0]
    for tag in re.finditer(r"<(/?)(g|text)\b([^>]*?)(/?)>", before + ">"):
        closes, _, attributes, alone = tag.groups()
        if closes:
            shifts.pop()
        elif not alone:
            shift = re.search(r"translate\(([-\d.]+)", attributes)
            shifts.append(shifts[-1] + (float(shift.group(1)) if shift else 0.0))
    return shifts[-1]


def test_a_figure_stands_beside_the_line_of_the_limit_and_not_under_it():
    rows = [
        ("W1", Figure("61", 61.0), "over"),
        ("W2", Figure("59", 59.0), "within"),
        ("W3", Figure("20", 20.0), "within"),
    ]
    columns = (Column("Worker"), Column("Points", numeric=True), Column("Against the limit"))
    table = PublicTable(columns, tuple(rows), facts={"limit": 60.0})
    svg = charts.caseload(table, NAME, charts.WIDE)
    line = ends_of(svg, "limit 60")
    assert ends_of(svg, "59") == pytest.approx(line, abs=1)
    assert ends_of(svg, "61") > line
    assert ends_of(svg, "20") < line - 100


def test_names_stand_above_their_bars_where_the_chart_is_narrow():
    wide, narrow = (charts.shares(bars(8), None, NAME, width) for width in (charts.WIDE, charts.NARROW))
    across, down = (
        [float(part) for part in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()] for svg in (wide, narrow)
    )
    assert across[0] > charts.NARROW + 100
    assert down[0] <= charts.NARROW + 20
    assert down[1] > across[1]


def test_the_same_figures_give_the_same_picture_and_the_alternative_comes_first():
    first, second = (charts.shares(bars(4), None, NAME, charts.NARROW) for _ in range(2))
    assert first == second
    assert re.match(rf"<svg [^>]*><title>{re.escape(NAME)}</title>", first)
    assert not re.search(r"<script|<image|href=|http(?!://www\.w3\.org/2000/svg)", first)


MARKS = [
    charts.Mark("North", "physical health risk", 0.5, "50 %", "4 of 8"),
    charts.Mark("North", "safeguarding", None, "not shown"),
    charts.Mark("South", "safeguarding", 1.0, "100 %", "9 of 9"),
]


def test_each_cell_of_a_heat_map_says_its_figure_or_why_there_is_none():
    svg = charts.heat_map(MARKS, NAME, charts.WIDE)
    assert {"50 %", "4 of 8", "100 %", "9 of 9", "not shown", "nobody needs it"} <= set(words_of(svg))


def contrast(one, other):
    """Contrast ratio of two colours by WCAG."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("share", [0.0, 0.49, 0.5, 0.74, 0.75, 0.89, 0.9, 0.99, 1.0])
def test_words_upon_a_shade_can_be_read(share):
    svg = charts.heat_map([charts.Mark("North", "safeguarding", share, "that share", "4 of 8")], NAME, charts.WIDE)
    shade = next(one for one in re.findall(r'<path[^>]* fill="(#\w{6})"', svg) if one != "#000000")
    ink = re.search(r'fill="(#\w{6})"[^>]*>that share', svg).group(1)
    assert contrast(shade, ink) >= 4.5


def test_lines_are_named_at_their_ends_with_their_limits_and_no_word_lies_over_another():
    lines = [
        charts.Line("Vacant", (0.08, 0.09, 0.101), ("8 %", "9 %", "10.1 %"), 0.10),
        charts.Line("Temporary", (0.08, 0.09, 0.099), ("8 %", "9 %", "9.9 %"), 0.10),
    ]
    svg = charts.course(["Aug", "Sep", "Oct"], lines, NAME, charts.NARROW)
    places = [
        float(place)
        for place, text in re.findall(r'<text[^>]*transform="translate\([\d.]+,(-?[\d.]+)\)"[^>]*>(.*?)</text>', svg)
        if text.startswith(("Vacant", "Temporary", "limit"))
    ]
    assert len(places) == 4
    ordered = sorted(places)
    assert all(after - before >= 11 for before, after in pairwise(ordered))
    assert {"Vacant 10.1 %", "Temporary 9.9 %", "limit, vacant: 10 %", "limit, temporary: 10 %"} <= set(words_of(svg))


def test_a_mix_of_many_teams_is_cut_to_the_bars_there_may_be():
    team = [Figure("6", 6), Figure("4", 4), Figure("40 %", 0.4)]
    table = PublicTable(
        (Column("Team"), Column("Low", True), Column("High", True), Column("Share of high acuity", True)),
        tuple((Figure(f"Team {number:02d}"), *team) for number in range(45)),
    )
    told = words_of(charts.mix(table, NAME, charts.NARROW))
    assert len({word for word in told if word.startswith("Team ")}) == charts.MOST_BARS


def test_a_service_has_its_own_colours_and_words_upon_its_shades_are_read_as_well():
    own = "#7a003c"
    shipped = charts.heat_map(MARKS, NAME, charts.WIDE)
    drawn = charts.recoloured(shipped, {"#0072b2": own})
    bars = charts.recoloured(charts.shares([charts.Bar("A", 0.5, "50 %")], None, NAME, charts.WIDE), {"#0072b2": own})
    assert own in bars
    assert "#0072b2" not in bars
    shades = [re.findall(r'<path[^>]* fill="(#\w{6})"', svg) for svg in (shipped, drawn)]
    assert len(shades[0]) == len(shades[1])
    changed = [(old, new) for old, new in zip(*shades, strict=True) if old != new]
    assert changed
    for old, new in changed:
        for ink in ("#ffffff", "#111827"):
            assert contrast(ink, new) == pytest.approx(contrast(ink, old), rel=0.05)
    assert charts.recoloured(shipped, {}) == shipped


def test_of_many_points_names_do_not_lie_over_one_another_and_none_is_drawn_twice():
    lines = [{"n": n, "inner_low": 0.8, "inner_high": 1.0, "outer_low": 0.7, "outer_high": 1.0} for n in (50, 200)]
    points = [(f"Team {n}", 100 + n % 3, 0.2 + (n % 40) / 1000, True) for n in range(300)]
    svg = charts.funnel(points, lines, 0.9, NAME, charts.NARROW)
    named = [word for word in words_of(svg) if word.startswith("Team ")]
    assert 1 <= len(named) <= 5
    assert svg.count("<path") < 200


@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_a_legend_of_many_bands_stays_on_the_chart(width):
    bands = ("Low", "Moderate", "High", "Very high", "Not recorded")
    columns = (Column("Team"), *(Column(band, numeric=True) for band in bands), Column("High acuity", numeric=True))
    rows = ((Figure("Harbour Outreach"), *(Figure("5", 5.0) for _ in bands), Figure("40 %", 0.4)),)
    svg = charts.mix(PublicTable(columns, rows), NAME, width)
    across = float(re.search(r'viewBox="0 0 ([\d.]+)', svg).group(1))
    for band in bands:
        assert across - ends_of(svg, band) >= 5 * len(band)
