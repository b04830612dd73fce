"""Parsing XML that may be hostile: no entities, no outside files, bounded depth, one clear line for what is wrong."""

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from chorale.errors import InputError

__all__ = ["parse"]

_MAX_DEPTH = 60  # elements inside one another; MusicXML needs a dozen
_MAX_ELEMENTS = 2_000_000


class _BoundedBuilder(TreeBuilder):
    """Builds a tree and stops at too deep or too many elements."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > _MAX_DEPTH or self._count > _MAX_ELEMENTS:
            raise InputError("its XML is nested too deep or has too many elements: wanted a score")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(data: bytes, path: Path) -> Element:
    """Return the root of an XML document whose DOCTYPE is allowed but whose entities are not.

    Raises:
        InputError: the XML is not well-formed (the line says where) or defines or uses entities, or is too large.
    """
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415  only when a file is read
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415

    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise InputError(f"{path} defines XML entities: wanted plain MusicXML, and will not expand them") from None
    except ParseError as error:
        line, column = error.position
        raise InputError(
            f"{path} is not well-formed XML at line {line}, column {column}: damaged or cut short?"
        ) from None
    except (ValueError, LookupError) as error:
        reason = str(error) if isinstance(error, InputError) else "its encoding is unknown"
        raise InputError(f"{path}: {reason}") from None
    return root
