"""How many random cases are tried: few in a usual run, more with FATF_KIT_EXAMPLES."""

from __future__ import annotations

import os

MANY = int(os.environ.get("FATF_KIT_EXAMPLES", "1"))
"""How many times as many examples as usual are drawn; `make check-full` sets it."""
