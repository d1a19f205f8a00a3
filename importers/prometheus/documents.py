"""Tells apart what Prometheus and its service discovery write, and reads targets from it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.documents import find_files, read_json, read_yaml
from importers.prometheus.target import Target

Found = Target | Rejection | Gap


def read_files(path: Path) -> Iterator[Found]:
    """The targets of a file, or of all files of a folder. Raises InvalidInput where none can be read."""
    found: list[Found] = []
    faults: list[InvalidInput] = []
    for file in find_files(path, ".json", ".yml", ".yaml"):
        try:
            found += list(_read_file(file))
        except InvalidInput as fault:
            faults.append(fault)
    if not found:
        raise faults[0] if faults else InvalidInput(f"{path.name} holds no targets.")
    yield from found
    yield from (Gap(fault.detail) for fault in faults)


def _read_file(file: Path) -> Iterator[Found]:
    if file.name.removesuffix(".gz").endswith(".json"):
        yield from targets_of(read_json(file), file.name)
        return
    for document in read_yaml(file):
        yield from targets_of(document, file.name)


def targets_of(document: Any, place: str) -> Iterator[Found]:
    """The targets of a document, by what it holds. Raises InvalidInput where it is none we know."""
    if isinstance(document, list):
        yield from _groups(document, {}, place)
    elif isinstance(document, dict) and "status" in document:
        yield from _answer(document, place)
    elif isinstance(document, dict) and "scrape_configs" in document:
        yield from _configuration(document, place)
    else:
        raise InvalidInput(
            f"{place} is neither a list of targets for file_sd, nor an answer of /api/v1/targets or of "
            "/api/v1/query?query=up, nor a prometheus.yml."
        )


def _groups(groups: Any, labels: Mapping[str, str], place: str) -> Iterator[Found]:
    """Groups of targets, as file_sd and static_configs write them."""
    for group in _items(groups):
        if not isinstance(group, dict) or not isinstance(group.get("targets"), list):
            raise InvalidInput(f"{place}: each group has a list of targets, unlike {str(group)[:80]!r}.")
        known = {**labels, **_texts(group.get("labels"))}
        for address in group["targets"]:
            yield _checked(Target(str(address or ""), known), place)


def _configuration(document: Mapping[str, Any], place: str) -> Iterator[Found]:
    """The targets that a prometheus.yml holds itself; those it discovers are elsewhere."""
    for job in _items(document["scrape_configs"]):
        name = str(job.get("job_name", "")) if isinstance(job, dict) else ""
        if not name:
            raise InvalidInput(f"{place}: a job of scrape_configs has no job_name.")
        yield from _groups(job.get("static_configs"), {"job": name}, place)
        for key in job:
            if key.endswith("_sd_configs"):
                yield Gap(f"{place}: what {key} of the job {name} finds; save the answer of /api/v1/targets")


def _answer(document: Mapping[str, Any], place: str) -> Iterator[Found]:
    if document["status"] != "success":
        raise InvalidInput(f"{place}: Prometheus says {document.get('error') or document['status']!r}.")
    yield from (Gap(f"{place}: Prometheus warns: {warning}") for warning in _items(document.get("warnings")))
    data = document.get("data")
    for key, read in ANSWERS.items():
        if isinstance(data, dict) and isinstance(data.get(key), list):
            for item in data[key]:
                yield (
                    _checked(read(item), place) if isinstance(item, dict) else _misfit({"item": item}, place)
                )
            return
    raise InvalidInput(f"{place} is an answer neither of /api/v1/targets nor of /api/v1/query?query=up.")


def _active(item: Mapping[str, Any]) -> Target:
    """Its address is where it is scraped, after all relabelling."""
    labels, url = (
        _texts(item.get("discoveredLabels")) | _texts(item.get("labels")),
        str(item.get("scrapeUrl", "")),
    )
    return Target(urlsplit(url).netloc or labels.get("__address__", ""), labels, url)


def _sample(item: Mapping[str, Any]) -> Target:
    labels = _texts(item.get("metric"))
    return Target(labels.get("instance", ""), labels)


ANSWERS: dict[str, Callable[[Mapping[str, Any]], Target]] = {"activeTargets": _active, "result": _sample}
"""What an answer holds, and how one of it is read."""


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(labels: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in labels.items()} if isinstance(labels, dict) else {}


def _checked(target: Target, place: str) -> Target | Rejection:
    return target if target.host else _misfit({"address": target.address, "job": target.job}, place)


def _misfit(row: Mapping[str, Any], place: str) -> Rejection:
    return Rejection("targets", 0, row, f"{place}: a target has no address")
