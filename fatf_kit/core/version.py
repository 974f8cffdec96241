"""The version of fatf-kit, with which the package is built."""

__version__ = "1.0.0rc2"
