"""A specification drawn, with its words for those who cannot see it."""

from xml.sax.saxutils import escape, quoteattr

from api.charts.series import Series
from api.charts.spec import Spec

ALONE = "<style>svg:root{color-scheme:light dark;color:CanvasText}</style>"
"""Only where the SVG is the document: in a page it takes the colour of the text around it."""


def svg(spec: Spec, series: Series) -> str:
    """The drawing, named by its title and described by all its values."""
    from vl_convert import vegalite_to_svg  # carries a JavaScript engine, which only charts need

    opening, _, drawn = vegalite_to_svg(spec, allowed_base_urls=[]).partition(">")
    words = f"<title>{escape(series.title)}</title><desc>{escape(series.description)}</desc>"
    return f'{opening} role="graphics-document" aria-label={quoteattr(series.title)}>{words}{ALONE}{drawn}'
