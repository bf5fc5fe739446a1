"""Pictures to try: a PNG and a JPEG of a few pixels, and SVGs that draw or do more."""

import io

from PIL import Image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'
DRAWING = SVG.format(
    '<style>.a{fill:#0072b2}</style><rect class="a" width="20" height="10"/><text x="1">M&amp;F</text>'
)


def raster(kind="PNG", size=(20, 10)):
    written = io.BytesIO()
    Image.new("RGB", size, "#0072b2").save(written, kind)
    return written.getvalue()
