"""The training record: sessions, seats, tests before and after, and the report on them.

Other packages import what `__init__.pyi` lists; the modules are the feature's own.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
