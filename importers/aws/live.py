"""Asks AWS itself, several requests at a time."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.aws.calls import CALLS, Call
from importers.aws.documents import Document, items, snake
from importers.cloud import Place, first
from importers.importer import Origin

CONFIG = Config(retries={"mode": "adaptive", "max_attempts": 8}, user_agent_extra="linchpin")
MOST_WORKERS = 32


@dataclass(frozen=True, slots=True)
class Request:
    """A call in one place, with its parameters."""

    client: Any
    call: Call
    place: Place
    parameters: Mapping[str, Any]


def live_documents(origin: Origin) -> Iterator[Document | Gap]:
    """All answers; what may not be asked is a gap. Raises InvalidInput where AWS does not know who asks."""
    clients = Clients(_session(origin))
    regions = clients.regions(origin.location.partition(":")[2])
    requests = [request for region in regions for request in clients.first_requests(region)]
    requests += clients.first_requests(regions[0], is_global=True)
    with ThreadPoolExecutor(_workers(origin)) as pool:
        while requests:
            answered = list(zip(requests, pool.map(_answers, requests), strict=True))
            yield from (answer for _, answers in answered for answer in answers)
            requests = [
                more
                for request, answers in answered
                for answer in answers
                if isinstance(answer, Document)
                for more in clients.following(request, answer)
            ]


class Clients:
    """The clients of one session, which are made in one thread, and the requests that use them."""

    def __init__(self, session: Any) -> None:
        """Ask who asks. Raises InvalidInput where AWS does not know."""
        self._session = session
        self._made: dict[tuple[str, str], Any] = {}
        try:
            sts = session.client("sts", region_name=session.region_name or "us-east-1", config=CONFIG)
            self._account = str(sts.get_caller_identity()["Account"])
        except (BotoCoreError, ClientError) as error:
            raise InvalidInput(
                f"AWS does not let us in: {error}. Check the credentials, or sign in again."
            ) from error

    def regions(self, told: str) -> list[str]:
        """The regions named, or the one that is configured. Raises InvalidInput where there is none."""
        if named := [region.strip() for region in told.split(",") if region.strip()]:
            return list(dict.fromkeys(named))
        if self._session.region_name:
            return [self._session.region_name]
        raise InvalidInput("No region is configured; name them, as in live:eu-west-1,eu-central-1.")

    def first_requests(self, region: str, is_global: bool = False) -> list[Request]:
        """What is asked without knowing anything yet; global answers belong to no region."""
        place = Place("aws", self._account, "" if is_global else region)
        calls = [call for call in CALLS if not call.each and call.is_global == is_global]
        return [Request(self._client(call.service, region), call, place, call.fixed) for call in calls]

    def following(self, request: Request, answer: Document) -> Iterator[Request]:
        """What is asked for each thing in an answer."""
        asked = request.call
        for call in CALLS:
            if call.each == asked.operation and call.service == asked.service:
                for thing in items(answer.content, call.under):
                    parameters = _parameters(call, {**answer.given, **thing})
                    yield Request(request.client, call, request.place, parameters)

    def _client(self, service: str, region: str) -> Any:
        if (service, region) not in self._made:
            self._made[service, region] = self._session.client(service, region_name=region, config=CONFIG)
        return self._made[service, region]


def _parameters(call: Call, thing: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: (path.strip("[]"), path.startswith("[")) for name, path in call.given.items()}
    return {
        name: [first(thing, path)] if listed else first(thing, path) for name, (path, listed) in found.items()
    }


def _answers(request: Request) -> list[Document | Gap]:
    """All pages of one answer, or why there is none."""
    client, call = request.client, request.call
    where = f"{call.service} {call.operation} in {request.place.region or 'all regions'}"
    given = snake(dict(request.parameters)) if call.each else {}
    try:
        if client.can_paginate(call.operation):
            pages = list(client.get_paginator(call.operation).paginate(**request.parameters))
        else:
            pages = [getattr(client, call.operation)(**request.parameters)]
    except ClientError as error:
        told = error.response.get("Error", {})
        return [Gap(f"{where}: {told.get('Code', 'refused')}: {told.get('Message', '')}")]
    except BotoCoreError as error:
        return [Gap(f"{where}: {error}")]
    return [Document(page, where, request.place, given) for page in pages]


def _session(origin: Origin) -> Any:
    """A session as the options and variables say. Raises InvalidInput where there is no such profile."""
    told = origin.environment
    try:
        session = boto3.Session(
            aws_access_key_id=told.get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=told.get("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=told.get("AWS_SESSION_TOKEN"),
            region_name=told.get("AWS_REGION") or told.get("AWS_DEFAULT_REGION"),
            profile_name=origin.options.get("profile") or None,
        )
        return _as_role(session, role) if (role := origin.options.get("role_arn")) else session
    except (BotoCoreError, ClientError) as error:
        raise InvalidInput(f"AWS does not let us in: {error}. Check the profile and the role.") from error


def _as_role(session: Any, role: str) -> Any:
    sts = session.client("sts", region_name=session.region_name or "us-east-1", config=CONFIG)
    given = sts.assume_role(RoleArn=role, RoleSessionName="linchpin")["Credentials"]
    return boto3.Session(
        given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], session.region_name
    )


def _workers(origin: Origin) -> int:
    told = origin.options.get("workers") or "4"
    if told.isdecimal() and 1 <= int(told) <= MOST_WORKERS:
        return int(told)
    raise InvalidInput(f"workers {told!r} is not a whole number from 1 to {MOST_WORKERS}.")
