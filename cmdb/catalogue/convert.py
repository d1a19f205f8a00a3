"""Converters: from what a source says to the one typed value that is kept.

A converter takes any object but `None` and empty text. It returns the value, unchanged where it is
right already, or raises `ValueError` with the reason. What it returns converts to itself.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from ipaddress import ip_address

from cmdb.catalogue.attribute import Attribute, AttributeType, Value
from cmdb.catalogue.suggest import did_you_mean

Converter = Callable[[object], Value]

MAX_STRING = 2_000
"""Characters of a string: at four bytes each, what one entry of a Neo4j index holds."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_INTEGER = re.compile(r"[+-]?[0-9]+(\.0*)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_INT64 = 2**63
_BOOLEANS = dict.fromkeys(("true", "yes", "y", "on", "1", "t"), True) | dict.fromkeys(
    ("false", "no", "n", "off", "0", "f"), False
)


def converter(attribute: Attribute) -> Converter:
    """The converter of one attribute, with its limits and values built in."""
    if attribute.type == "enum":
        return _enum(attribute.values)
    convert = _CONVERTERS[attribute.type]
    if attribute.minimum is None and attribute.maximum is None:
        return convert
    return _limited(
        convert,
        -math.inf if attribute.minimum is None else attribute.minimum,
        math.inf if attribute.maximum is None else attribute.maximum,
    )


def plain(value: object) -> Value:
    """What no attribute describes, as the graph can hold it."""
    if isinstance(value, bool | int | float):
        return value if isinstance(value, bool) else _number_as_given(value)
    return _list(value) if isinstance(value, list) else _text(value)


def _number_as_given(value: int | float) -> int | float:
    return _integer(value) if isinstance(value, int) else _number(value)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime):
        return _datetime(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError("must be text")


def _string(value: object) -> str:
    text = value if type(value) is str else _as_text(value)
    if not text.isprintable() and _CONTROL.search(text):
        raise ValueError("must be one line of printable characters")
    if len(text) > MAX_STRING:
        raise ValueError(f"has {len(text)} characters, at most {MAX_STRING} fit")
    return text


def _text(value: object) -> str:
    text = value if type(value) is str else _as_text(value)
    if not text.isprintable() and _CONTROL_IN_TEXT.search(text):
        raise ValueError("holds control characters")
    return text


def _integer(value: object) -> int:
    if type(value) is not int:
        value = _integer_from(value)
    if not -_INT64 <= value < _INT64:
        raise ValueError("does not fit 64 bits")
    return value


def _integer_from(value: object) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and len(value) < 40 and _INTEGER.fullmatch(value):
        return int(value.partition(".")[0])
    raise ValueError("must be a whole number")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise ValueError("must be a number") from None
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int | float):
        found = _BOOLEANS.get(_as_text(value).lower())
        if found is not None:
            return found
    raise ValueError("must be true or false (or yes, no, on, off, 1, 0)")


def _date(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    try:
        day = value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("must be a date such as 2026-03-31") from None
    return day.isoformat()


def _datetime(value: object) -> str:
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return _utc(moment)
    except (ValueError, OverflowError):
        raise ValueError("must be a time such as 2026-03-31T22:00:00Z") from None


def _utc(moment: datetime) -> str:
    """To the second, in UTC (meant where no zone is given), so that text order is time order."""
    zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return zoned.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _url(value: object) -> str:
    text = _string(value)
    if not _URL.fullmatch(text):
        raise ValueError("must be an address such as https://example.org/path")
    return text


def _ip(value: object) -> str:
    text = _string(value)
    try:
        return str(ip_address(text)).partition("%")[0]
    except ValueError:
        raise ValueError("must be an IP address without prefix, such as 192.0.2.7") from None


def _email(value: object) -> str:
    text = _string(value)
    if not _EMAIL.fullmatch(text):
        raise ValueError("must be an e-mail address")
    return text


def _list(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for item in value if (text := _string(_as_text(item)))]
    return [text for item in _text(value).split(";") if (text := _string(item.strip()))]


def _enum(values: tuple[str, ...]) -> Converter:
    known = {_folded(value): value for value in values}

    def convert(value: object) -> str:
        text = _string(value)
        if text in values:
            return text
        try:
            return known[_folded(text)]
        except KeyError:
            hint = did_you_mean(_folded(text), values)
            raise ValueError(f"must be one of {', '.join(values)}{hint}") from None

    return convert


def _folded(text: str) -> str:
    return text.lower().replace(" ", "_").replace("-", "_")


def _limited(convert: Converter, minimum: float, maximum: float) -> Converter:
    def within(value: object) -> Value:
        number = convert(value)
        if not isinstance(number, int | float) or minimum <= number <= maximum:
            return number
        raise ValueError(f"must be {_span(minimum, maximum)}")

    return within


def _span(minimum: float, maximum: float) -> str:
    if maximum == math.inf:
        return f"at least {minimum}"
    if minimum == -math.inf:
        return f"at most {maximum}"
    return f"from {minimum} to {maximum}"


_CONVERTERS: dict[AttributeType, Converter] = {
    "string": _string,
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "url": _url,
    "ip": _ip,
    "email": _email,
    "team": _string,
    "list": _list,
}
