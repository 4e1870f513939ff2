"""Libraries that are imported only when they are asked for."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["needed"]


def needed(module: str, extra: str) -> Any:
    """The module, or an ImportError that says how to install it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name != package:
            raise  # A fault of the library's own installation.
        raise ModuleNotFoundError(
            f"{package} is not installed: pip install 'gongkai[{extra}]'"
            f" · 未安装 {package}：pip install 'gongkai[{extra}]'",
            name=package,
        ) from error
