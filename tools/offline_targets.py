"""The systems that an archive for machines without a network can be built for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BundleTarget:
    """A system to build for: the platforms whose wheels it can use, and what markers of requirements see."""

    name: str
    platforms: tuple[str, ...]
    sys_platform: str
    system: str
    machine: str
    ending: str

    @property
    def system_name(self) -> str:
        """The name of the system as people know it; `system` is what Python calls it."""
        return "macOS" if self.system == "Darwin" else self.system

    @property
    def is_windows(self) -> bool:
        """Whether its scripts are those of Windows."""
        return self.sys_platform == "win32"

    def describe(self, version: str) -> dict[str, str]:
        """Return what markers of requirements see under a version of Python."""
        return {
            "sys_platform": self.sys_platform,
            "platform_system": self.system,
            "platform_machine": self.machine,
            "os_name": "nt" if self.is_windows else "posix",
            "python_version": version,
            "python_full_version": f"{version}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "extra": "",
        }


_LINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_24", "manylinux_2_17", "manylinux2014")
_MACOS = ("macosx_14_0", "macosx_13_0", "macosx_12_0", "macosx_11_0", "macosx_10_13", "macosx_10_12", "macosx_10_9")


def _tags(systems: tuple[str, ...], *machines: str) -> tuple[str, ...]:
    return tuple(f"{system}_{machine}" for system in systems for machine in machines)


TARGETS = {
    one.name: one
    for one in (
        BundleTarget("win_amd64", ("win_amd64",), "win32", "Windows", "AMD64", ".pyd"),
        BundleTarget("win_arm64", ("win_arm64",), "win32", "Windows", "ARM64", ".pyd"),
        BundleTarget("linux_x86_64", _tags(_LINUX, "x86_64"), "linux", "Linux", "x86_64", ".so"),
        BundleTarget("linux_aarch64", _tags(_LINUX, "aarch64"), "linux", "Linux", "aarch64", ".so"),
        BundleTarget("macos_arm64", _tags(_MACOS, "arm64", "universal2"), "darwin", "Darwin", "arm64", ".so"),
        BundleTarget("macos_x86_64", _tags(_MACOS, "x86_64", "universal2"), "darwin", "Darwin", "x86_64", ".so"),
    )
}
"""The systems that an archive can be built for."""
