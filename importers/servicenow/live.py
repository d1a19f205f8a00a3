"""Reads a running instance over its Table API.

Source: "Table API" and "Aggregate API" in the REST API reference of the ServiceNow documentation.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from requests import RequestException, Response, Session

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.bearer import Bearer
from importers.documents import parse_json
from importers.importer import Origin
from importers.servicenow.exports import records_in
from importers.servicenow.record import Record, cell_of, record_of

PAGE = 1_000
"""Records asked for at a time."""
WORKERS = 4
"""Requests under way at a time."""
SECONDS = (10, 120)
"""To connect, and between bytes of an answer."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
OTHERS = ("cmdb_rel_ci", "sys_user_group")
"""Tables that are read besides those of CIs."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a table: `query` without order, from `offset`."""

    table: str
    query: str = ""
    offset: int = 0

    def gap(self, reason: str) -> Gap:
        """Tell that it could not be read."""
        return Gap(f"{self.table} from record {self.offset + 1}: {reason}")


def read_live(origin: Origin) -> Iterator[Record | Gap]:
    """The records of all tables of CIs, of relations, and of groups.

    Each table of CIs is asked for by itself, since cmdb_ci has only the columns that all have.
    Raises InvalidInput where the instance cannot be asked at all.
    """
    with _session(origin) as session, ThreadPoolExecutor(WORKERS) as pool:
        instance = _Instance(origin.location.rstrip("/"), session)
        firsts = [Part(table, f"sys_class_name={table}") for table in instance.tables()]
        firsts += map(Part, OTHERS)
        for rows in pool.map(instance.page, firsts):
            yield from rows
        rest = [part for first in firsts for part in instance.further(first)]
        for rows in pool.map(instance.page, rest):
            yield from rows
        yield from instance.hidden()


class _Instance:
    def __init__(self, address: str, session: Session) -> None:
        self._address = address
        self._session = session
        self._totals: dict[str, int] = {}
        self._shown: Counter[str] = Counter()

    def tables(self) -> list[str]:
        """The tables that have CIs. Raises InvalidInput where they cannot be counted."""
        place = f"{self._address}/api/now/stats/cmdb_ci"
        parameters = {"sysparm_count": "true", "sysparm_group_by": "sys_class_name"}
        try:
            answer = self._session.get(place, params=parameters, timeout=SECONDS)
        except RequestException as error:
            raise InvalidInput(f"{self._address} does not answer: {error}.") from error
        if not answer.ok:
            raise InvalidInput(f"{place} answers {_told(answer)}; may this account read cmdb_ci?")
        return sorted(_groups(parse_json(answer.text, place)))

    def page(self, part: Part) -> Sequence[Record | Gap]:
        """Some records of a table, or what could not be read."""
        try:
            answer = self._session.get(
                f"{self._address}/api/now/table/{part.table}",
                params={
                    "sysparm_query": "^".join(filter(None, (part.query, "ORDERBYsys_id"))),
                    "sysparm_limit": str(PAGE),
                    "sysparm_offset": str(part.offset),
                    "sysparm_display_value": "all",
                    "sysparm_exclude_reference_link": "true",
                },
                timeout=SECONDS,
            )
            if not answer.ok:
                return [part.gap(_told(answer))]
            raw = records_in(parse_json(answer.text, part.table), part.table)
        except (RequestException, InvalidInput) as error:
            return [part.gap(str(error))]
        self._totals[part.table] = int(answer.headers.get("X-Total-Count", len(raw)))
        self._shown[part.table] += len(raw)
        return [
            record_of(part.table, number, {name: cell_of(value) for name, value in one.items()})
            for number, one in enumerate(raw, part.offset + 1)
        ]

    def further(self, first: Part) -> list[Part]:
        """What follows the first page; pages may be short of records that this account may not see."""
        total = self._totals.get(first.table, 0)
        return [Part(first.table, first.query, offset) for offset in range(PAGE, total, PAGE)]

    def hidden(self) -> Iterator[Gap]:
        """Tell of the records that were counted and not shown, which also means failed pages."""
        for table, total in self._totals.items():
            if missing := total - self._shown[table]:
                yield Gap(f"{table}: {missing} of {total} records are not shown to this account")


def _groups(document: Any) -> Iterator[str]:
    for group in records_in(document, "the count of cmdb_ci"):
        for field in group.get("groupby_fields", ()):
            if field.get("value"):
                yield str(field["value"])


def _told(answer: Response) -> str:
    return f"{answer.status_code} {answer.reason}"


def _session(origin: Origin) -> Session:
    address = urlsplit(origin.location)
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise InvalidInput(f"{origin.location} would be sent a password in clear; write https://.")
    session = Session()
    session.headers["Accept"] = "application/json"
    if token := origin.environment.get("SERVICENOW_TOKEN"):
        session.auth = Bearer(token)
    else:
        session.auth = (origin.secret("SERVICENOW_USER"), origin.secret("SERVICENOW_PASSWORD"))
    return session
