"""Bounds that keep a hostile or broken file from taking the machine down."""

from __future__ import annotations

FILE_LIMIT = 4 * 2**30
"""Bytes of one file."""

WORKBOOK_LIMIT = 512 * 2**20
"""Bytes a workbook unpacks to. 300,000 rows of seven columns take some 110 MB."""

ARCHIVE_LIMIT = 4 * 2**30
"""Bytes the members of a ZIP unpack to, all together."""

RATIO_LIMIT = 500
"""Unpacked to packed bytes of one member; text that people wrote stays far below it."""

RATIO_FREE = 2**20
"""Members up to this size may be packed as tightly as they like."""

MEMBER_LIMIT = 10_000
"""Members of one ZIP."""

CELL_LIMIT = 60_000_000
"""Cells of the used area of one sheet, blank ones included; each takes some 30 bytes once opened."""

LONG_SHEET = 2**21
"""Bytes of XML from which on a sheet is surveyed by its first rows and read in pieces; some 5,000 rows of ten."""

EXCEL_ROWS, EXCEL_COLUMNS = 1_048_576, 16_384
"""Excel's grid."""

CELLS_KEPT = 6_000_000
"""Cells of surveyed sheets that are kept parsed until their rows are read."""

BYTES_KEPT = 2**29
"""Bytes up to which the biggest text file is kept from its survey until its rows are read, and not read twice."""

UNPACKED_KEPT = 2**27
"""Bytes of XML of long sheets that are kept unpacked from their survey until their rows are read."""

TEXTS_KEPT = 200
"""Text files whose first records are kept from the survey until their rows are read; each takes some 200 kB."""

PARQUET_CELLS = 400_000_000
"""Cells of a Parquet file, which can hold any number of like values in no space."""
