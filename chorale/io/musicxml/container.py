"""Compressed MusicXML (.mxl): a zip archive with a container file that names the score in it.

Reading trusts nothing: sizes are bounded while unpacking, whatever the archive's own directory claims.
"""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from chorale.errors import InputError
from chorale.io.musicxml.safe_xml import parse

__all__ = ["MAX_SIZE", "pack", "unpack"]

MAX_SIZE = 64 << 20  # bytes of unpacked MusicXML: 64 MiB
_MAX_MEMBERS = 1000
_CONTAINER = "META-INF/container.xml"
_SCORE = "score.musicxml"
_MIMETYPE = "application/vnd.recordare.musicxml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same time for every file, so that the same score gives the same bytes
_CONTAINER_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<container>
  <rootfiles>
    <rootfile full-path="{_SCORE}" media-type="{_MIMETYPE}+xml"/>
  </rootfiles>
</container>
"""


def pack(xml: bytes) -> bytes:
    """Return the archive that holds a score."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data, method in (
            ("mimetype", _MIMETYPE.encode(), zipfile.ZIP_STORED),
            (_CONTAINER, _CONTAINER_XML.encode(), zipfile.ZIP_DEFLATED),
            (_SCORE, xml, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = method
            entry.create_system = 3  # as on Unix, on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def unpack(data: bytes, path: Path) -> bytes:
    """Return the score in an archive.

    Raises:
        InputError: the bytes are no zip archive, or it is damaged, encrypted, too large unpacked, or without a score.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MAX_MEMBERS:
                raise InputError(f"{path} holds {len(names)} files: wanted one score in its archive")
            return _member(archive, _score_name(archive, names, path), path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} is damaged: wanted a compressed MusicXML archive ({_short(error)})") from error


def _score_name(archive: zipfile.ZipFile, names: list[str], path: Path) -> str:
    """Return the member that the container names, or else the first that looks like a score."""
    if _CONTAINER in names:
        root = parse(_member(archive, _CONTAINER, path), path)
        listed = [element.get("full-path", "") for element in root.iter() if element.tag.endswith("rootfile")]
        for name in listed:
            if name in names:
                return name
    loose = [
        name for name in names if PurePosixPath(name).suffix.lower() in {".xml", ".musicxml"} and name != _CONTAINER
    ]
    scores = [name for name in loose if not name.startswith(("META-INF/", "__MACOSX/"))]
    if not scores:
        raise InputError(f"{path} holds no score: wanted a MusicXML file inside the archive")
    return scores[0]


def _member(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    with archive.open(name) as member:
        data = member.read(MAX_SIZE + 1)
    if len(data) > MAX_SIZE:
        raise InputError(f"{path} unpacks to more than {MAX_SIZE >> 20} MiB: wanted a score, and they are small")
    return data


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
