"""Fingerprints of files: what was read or written is known again by its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fatf_kit.core.store.faults import make_read_error


def compute_fingerprint(content: bytes) -> str:
    """Return the fingerprint of the bytes of a file, "sha256:…"."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def fingerprint_file(path: Path) -> str:
    """Return the fingerprint of a file of any size.

    Raises:
        FatfKitError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as fault:
        raise make_read_error(path, fault) from fault
