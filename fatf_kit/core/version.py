"""The version of fatf-kit, with which the package is built."""

__version__ = "0.1.0"
