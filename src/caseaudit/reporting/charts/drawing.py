"""From an Altair chart to SVG that stands in a page: no address, no script, the same bytes for the same figures."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, unescape

from caseaudit.branding.vision import luminance, mixed

if TYPE_CHECKING:
    import altair as alt

BLUE, ORANGE, VERMILION, GREY = "#0072b2", "#e69f00", "#d55e00", "#6b7280"
"""Colours that stay apart for readers who are colour-blind (Okabe and Ito), and grey."""

STEPS = ("#cfe3f1", "#8fbfde", "#4292c6", "#08589e", "#062f5c")
"""Light to dark, for bands from low to high: told apart in grey as well."""

INK, HAIRLINE = "#1f2937", "#d1d5db"
FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif"
WIDE, NARROW = 640, 360
"""Widths of a chart in CSS pixels: that of the text on A4, and that of half of it or of a telephone."""

_CONFIG: dict[str, Any] = {
    "aria": False,  # the text alternative is the <title>; Vega's labels for each mark would be read out besides
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
        "grid": False, "domainColor": HAIRLINE, "tickColor": HAIRLINE, "labelLimit": 260,
    },
    "legend": {"labelColor": INK, "labelFontSize": 11, "padding": 0, "offset": 4},
    "text": {"color": INK, "fontSize": 11},
}  # fmt: skip


def svg(chart: alt.Chart | alt.LayerChart | alt.FacetChart, alternative: str) -> str:
    """A chart as an <svg> element.

    Args:
        chart: with its data inside.
        alternative: what the chart shows, in words, for those who do not see it.
    """
    # Not validated against the whole grammar: that costs more than the drawing, and the data are our own.
    spec = chart.to_dict(validate=False)
    spec["config"] = _CONFIG
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return _for_a_page(_drawn(json.dumps(spec)), alternative)


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """A chart stands in the page and in the PDF of a report: it is drawn once where both have one width."""
    import vl_convert

    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])


def recoloured(svg: str, colours: Mapping[str, str]) -> str:
    """A chart in a service's own colours.

    Args:
        svg: as `svg` gives it.
        colours: shipped colour → the service's own. What stands in for blue gives the shades of bands and cells too,
            each as light as the shipped one, so that the words upon it are read as well.
    """
    own = dict(colours)
    if BLUE in own:
        own |= {step: mixed(own[BLUE], luminance(step)) for step in STEPS}
    return re.sub("|".join(map(re.escape, own)), lambda found: own[found.group()], svg) if own else svg


def alternative_of(svg: str) -> str:
    """What a chart shows, in words, as it was given to `svg`."""
    return unescape(svg.partition("<title>")[2].partition("</title>")[0])


def _for_a_page(drawn: str, alternative: str) -> str:
    """Without width and height, so that it shrinks with the page, and with its <title> first."""
    found = re.match(r'<svg[^>]*?viewBox="([^"]+)"[^>]*>', drawn)
    assert found is not None  # noqa: S101 - vl-convert's own form
    head = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="{found.group(1)}">'
    body = re.sub(r' (?:pointer-events|aria-hidden|aria-roledescription|role|class)="[^"]*"', "", drawn[found.end() :])
    body = re.sub(r'<path d="[^"]*" display="none"\s*/>', "", body)
    return f"{head}<title>{escape(alternative)}</title>{body}"
