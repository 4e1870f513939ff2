"""Reads Chinese open-government annual reports (政府信息公开工作年度报告) exactly.

>>> report = gongkai.read("report.docx")
>>> report["requests.received.total"].value
Decimal('3')
"""

from gongkai._gongkai import (
    SCHEMA_VERSION,
    BlockEdition,
    Fact,
    Facts,
    Finding,
    Limits,
    Location,
    Message,
    Period,
    Report,
    Section,
    Suggestion,
    Text,
    __version__,
)
from gongkai.errors import (
    CallerError,
    FileError,
    GongkaiError,
    InputError,
    InternalError,
    LimitError,
    MissingFileError,
    UnsupportedError,
)
from gongkai.indicator import Indicator, indicators
from gongkai.source import Source, read

__all__ = [
    "SCHEMA_VERSION",
    "BlockEdition",
    "CallerError",
    "Fact",
    "Facts",
    "FileError",
    "Finding",
    "GongkaiError",
    "Indicator",
    "InputError",
    "InternalError",
    "LimitError",
    "Limits",
    "Location",
    "Message",
    "MissingFileError",
    "Period",
    "Report",
    "Section",
    "Source",
    "Suggestion",
    "Text",
    "UnsupportedError",
    "__version__",
    "indicators",
    "read",
]
