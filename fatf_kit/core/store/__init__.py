"""The store: the one way in which fatf-kit writes files, and reads again what it is about to replace.

A run claims its folder (`work_alone`), says what it reads (`protect_inputs`) and who may read what it writes
(`keep_private`). Each writing names what it may replace:

| function | replaces |
| --- | --- |
| `write_new` | nothing |
| `write_output`, `write_outputs`, `write_files` | its own output, unless a person has changed it |
| `rewrite_file` | the bytes that its new content rests on, and nothing that was saved since |
| `write_file` | whatever is there |

All of them fill temporary files first and move them last, so that no file is ever half written.
"""

from fatf_kit.core.store.fingerprints import compute_fingerprint, fingerprint_file
from fatf_kit.core.store.kept import read_bytes, rewrite_file
from fatf_kit.core.store.lock import find_worker, work_alone
from fatf_kit.core.store.moves import Content, check_place, write_file, write_new
from fatf_kit.core.store.outputs import (
    check_target,
    is_own_output,
    protect_inputs,
    read_written_files,
    remove_output,
    write_files,
    write_output,
    write_outputs,
)
from fatf_kit.core.store.recording import Record, record_writes
from fatf_kit.core.store.rights import check_writable, keep_private, make_private_folder
from fatf_kit.core.store.undo import undo_on_failure

__all__ = [
    "Content",
    "Record",
    "check_place",
    "check_target",
    "check_writable",
    "compute_fingerprint",
    "find_worker",
    "fingerprint_file",
    "is_own_output",
    "keep_private",
    "make_private_folder",
    "protect_inputs",
    "read_bytes",
    "read_written_files",
    "record_writes",
    "remove_output",
    "rewrite_file",
    "undo_on_failure",
    "work_alone",
    "write_file",
    "write_files",
    "write_new",
    "write_output",
    "write_outputs",
]
