"""Reads Chinese open-government annual reports (政府信息公开工作年度报告) exactly.

>>> report = gongkai.read("report.docx")
>>> report["requests.received.total"].value
Decimal('3')
"""

from gongkai._gongkai import (
    SCHEMA_VERSION,
    TABLES_VERSION,
    Batch,
    BlockEdition,
    Fact,
    Facts,
    Finding,
    Limits,
    Location,
    Message,
    Period,
    Report,
    Reports,
    Section,
    Suggestion,
    Table,
    Text,
    __version__,
)
from gongkai.batch import read_many
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
    "TABLES_VERSION",
    "Batch",
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
    "Reports",
    "Section",
    "Source",
    "Suggestion",
    "Table",
    "Text",
    "UnsupportedError",
    "__version__",
    "indicators",
    "read",
    "read_many",
]
