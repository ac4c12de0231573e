"""A scan's result as text, JSON, HTML and a workbook; no judgement of its own."""

from headway.reports.answer import Line, ten_lines
from headway.reports.document import to_json
from headway.reports.page import to_html
from headway.reports.previous import compare, load_previous
from headway.reports.text import to_text
from headway.reports.workbook import to_xlsx

__all__ = [
    "Line",
    "compare",
    "load_previous",
    "ten_lines",
    "to_html",
    "to_json",
    "to_text",
    "to_xlsx",
]
