"""Where a database file lies: on a disk of this machine, or on a network drive, where SQLite's WAL loses data.

In: the file's path and the system's list of mounted drives. Out: the kind of network drive, or None.

Example: a file under a folder mounted by "cifs" is on a network drive: its locks are only as good as the server's.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "sshfs", "fuse.sshfs", "afs", "9p", "ncpfs", "davfs",
    "fuse.davfs2", "fuse.rclone", "glusterfs", "fuse.glusterfs", "ceph", "lustre", "beegfs",
})  # fmt: skip
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of Windows' GetDriveType


def network_drive(file: Path) -> str | None:
    """The kind of network drive that *file* lies on ("cifs"); None for a disk of this machine or where nobody tells."""
    place = file.expanduser().absolute()
    if sys.platform == "win32":
        return _on_windows(place)
    mounts = Path("/proc/mounts")
    return kind_of(place, mounts.read_text(encoding="utf-8", errors="replace")) if mounts.is_file() else None


def kind_of(place: Path, mounts: str) -> str | None:
    """As `network_drive`, by the lines of /proc/mounts: device, folder, kind, options."""
    best: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        words = line.split()
        if len(words) < 3:
            continue
        folder = words[1].replace("\\040", " ").replace("\\011", "\t")
        if PurePosixPath(str(place)).is_relative_to(folder):
            best = max(best, (len(folder), words[2]))
    return best[1] if best[1] in _NETWORK else None


def _on_windows(place: Path) -> str | None:
    if str(place).startswith("\\\\"):
        return "SMB"
    import ctypes

    windows = getattr(ctypes, "windll", None)
    remote = windows is not None and windows.kernel32.GetDriveTypeW(f"{place.drive}\\") == _REMOTE_DRIVE
    return "SMB" if remote else None
