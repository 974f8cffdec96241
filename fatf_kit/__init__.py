"""fatf-kit: get a country ready for its FATF mutual evaluation.

The commands of the command line are functions here, with the same names; `__init__.pyi` lists all of them with the
modules that define them. Each module is imported when a name of it is first used.

>>> import fatf_kit
>>> fatf_kit.load_framework("fatf-2022").round
5
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
