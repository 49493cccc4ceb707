"""Files packed into a zip, read one by one within stated bounds; nothing is unpacked to a disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from cadres_edu.classroom.findings import Finding, counted, label

MOST_FILES = 500_000  # in one archive
MOST_TOTAL = 8 << 30  # bytes unpacked, of one archive
MOST_RATIO = 200  # unpacked to packed; lines of a log come to 10 or 20
_RATIO_FROM = 1 << 20  # a small file may be all blanks and do no harm

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def members(file: Path, name: str, most: int) -> Iterator[tuple[str, bytes] | Finding]:
    """Each file of the archive called `name` in the report, as label and bytes, or what is amiss with it.

    No more than `most` bytes of a file are unpacked, whatever its head claims.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            packed = archive.infolist()
            if len(packed) > MOST_FILES:
                yield Finding(name, f"holds {counted(len(packed), 'file')}, more than {MOST_FILES:,}: not read")
                return
            yield from _read_all(archive, packed, name, most)
    except _BROKEN as error:
        yield Finding(name, "can't be opened as a zip: not read", quoted=label(str(error)))


def _read_all(
    archive: zipfile.ZipFile, packed: list[zipfile.ZipInfo], name: str, most: int
) -> Iterator[tuple[str, bytes] | Finding]:
    total = 0
    for member in packed:
        if member.is_dir():
            continue
        inside = f"{name}/{label(member.filename)}"
        if refused := _refuse(member):
            yield Finding(inside, refused)
            continue
        try:
            with archive.open(member) as handle:
                data = _unpack(handle, member.compress_size, most)
        except _BROKEN as error:
            yield Finding(inside, "can't be unpacked: not read", quoted=label(str(error)))
            continue
        if isinstance(data, str):
            yield Finding(inside, data)
            total += most
        else:
            total += len(data)
            yield inside, data
        if total > MOST_TOTAL:
            yield Finding(name, f"unpacks to more than {MOST_TOTAL >> 30} GiB: not read any further than", inside)
            return


def _refuse(member: zipfile.ZipInfo) -> str:
    place = PurePosixPath(member.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or place.parts[0].endswith(":"):
        return "names a place outside the archive: not read"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a symbolic link: not followed"
    if member.flag_bits & 1:
        return "is locked with a password: not read"
    return ""


def _unpack(handle: IO[bytes], packed: int, most: int) -> bytes | str:
    """The file's bytes, or why no more of it was unpacked."""
    pieces: list[bytes] = []
    size = 0
    while piece := handle.read(1 << 20):
        size += len(piece)
        pieces.append(piece)
        if size > most:
            return f"is larger than {most >> 20} MiB: not read"
        if size > _RATIO_FROM and size > MOST_RATIO * max(packed, 1):
            return f"unpacks to more than {MOST_RATIO} times its size: not read"
    return b"".join(pieces)
