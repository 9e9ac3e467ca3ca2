"""Why a file cannot be written, in words of the catalogue instead of the computer's own."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from graph_loader.errors import BadInput

_CAUSES: Final = {
    errno.ENOENT: "output-unwritable-folder",
    errno.ENOTDIR: "output-unwritable-folder",
    errno.EISDIR: "output-unwritable-is-folder",
    errno.EACCES: "output-unwritable-forbidden",
    errno.EPERM: "output-unwritable-forbidden",
    errno.EROFS: "output-unwritable-forbidden",
    errno.ENOSPC: "output-unwritable-full",
    errno.ENAMETOOLONG: "output-unwritable-name",
}


def unwritable(path: Path, error: OSError) -> BadInput:
    """The error that tells a person why `path` was not written, and what to do about it.

    Example:
        >>> unwritable(Path("x/register.xlsx"), FileNotFoundError(errno.ENOENT, "…")).code
        'output-unwritable-folder'
    """
    number = errno.EISDIR if isinstance(error, IsADirectoryError) else error.errno
    code = _CAUSES.get(number or 0)
    if code:
        return BadInput(code, file=str(path), folder=str(path.parent))
    return BadInput("output-unwritable", file=str(path), why=error.strerror or str(error))
