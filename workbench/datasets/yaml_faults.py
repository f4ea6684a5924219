"""What a pydantic model refuses, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from workbench.errors import suggestion

Location = Sequence[str | int]

_PLAIN: Final = {
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "date_from_datetime_parsing": "is no date",
    "date_parsing": "is no date",
    "date_type": "is no date",
    "dict_type": "holds no keys",
    "finite_number": "is no finite number",
    "float_parsing": "is no number",
    "float_type": "is no number",
    "int_from_float": "is no whole number",
    "int_parsing": "is no whole number",
    "int_type": "is no whole number",
    "list_type": "is no list",
    "model_type": "holds no keys",
    "string_type": "is no text",
    "tuple_type": "is no list",
}
_BOUNDS: Final = {
    "greater_than": ("gt", "is not more than"),
    "greater_than_equal": ("ge", "is less than"),
    "less_than": ("lt", "is not less than"),
    "less_than_equal": ("le", "is more than"),
}


def in_words(error: Mapping[str, Any]) -> tuple[str, str | None]:
    """Say what is wrong, and how to mend it where that is known.

    Parameters
    ----------
    error : mapping
        One of pydantic's errors.

    Returns
    -------
    what : str
        In a clause: ``is no number``.
    remedy : str, optional
    """
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error" and isinstance(error["input"], str):
        allowed = [word.strip(" '") for word in context["expected"].replace(" or ", ", ").split(",")]
        return "is not allowed here", suggestion(error["input"], allowed)
    if kind == "literal_error":
        return "is not allowed here", f"write {context['expected']}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{words} {context[name]:g}", None
    if kind == "string_pattern_mismatch":
        return "is no name", "write small letters and digits, a letter first"
    if kind in ("string_too_short", "too_short"):
        return "is blank", "fill it in, or take the key out"
    return _PLAIN.get(kind, str(error["msg"]).removeprefix("Value error, ")), None


def known_keys(annotation: Any, location: Location) -> list[str]:  # noqa: ANN401 - any annotation of a model
    """Return the keys that the model at ``location`` below ``annotation`` knows."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not location:
            return list(annotation.model_fields)
        return known_keys(annotation.model_fields[str(location[0])].annotation, location[1:])
    arguments = get_args(annotation)
    value = arguments[1] if get_origin(annotation) is dict else arguments[0]
    return known_keys(value, location[1:])


def _bare(annotation: Any) -> Any:  # noqa: ANN401
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    return annotation
