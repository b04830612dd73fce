"""HTML as values: an element is text that is escaped already, everything else is escaped when it is put inside one.

The pages are well-formed as XML too, so that a parser can check them.
"""

from html import escape
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Child", "Raw", "element", "joined", "page"]

_NAMESPACE = "http://www.w3.org/1999/xhtml"
_EMPTY = {"br", "hr", "img", "meta", "link", "input", "col"}


class Raw(str):
    """Text that is HTML already."""

    __slots__ = ()


Child: TypeAlias = "str | float | Iterable[Child] | None"


def joined(*children: Child) -> Raw:
    """Return children one after another; None is left out."""
    return Raw("".join(_text(child) for child in children))


def _text(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Raw):
        return child
    if isinstance(child, str):
        return escape(_printable(child), quote=False)
    if isinstance(child, int | float):
        return f"{child:g}"
    return "".join(_text(each) for each in child)


def _printable(text: str) -> str:
    """Return a text without the control characters that no page may hold."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "\ufffd" for letter in text)


def element(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Raw:
    """Return an element.

    Args:
        name: its tag.
        children: what it holds.
        attributes: True gives an attribute without a value, None or False leaves it out; a trailing underscore is
            dropped and others become hyphens: ``class_``, ``aria_label``.
    """
    head = "".join(_attribute(key, value) for key, value in attributes.items())
    return Raw(f"<{name}{head}/>" if name in _EMPTY else f"<{name}{head}>{joined(*children)}</{name}>")


def _attribute(key: str, value: str | float | bool | None) -> str:  # noqa: FBT001  an attribute that is there or not
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    text = name if value is True else f"{value:g}" if isinstance(value, int | float) else _printable(value)
    return f' {name}="{escape(text)}"'


def page(title: str, style: str, *body: Child) -> str:
    """Return a whole page."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content="Chorale"),
        element("title", title),
        element("style", Raw(style)),
    )
    root = element("html", "\n", head, "\n", element("body", *body), "\n", lang="en", xmlns=_NAMESPACE)
    return f"<!DOCTYPE html>\n{root}\n"
