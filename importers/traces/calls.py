"""Finds who calls whom in spans."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from importers.traces.model import Link, Peer, Service, Span, SpanId

Crossing = tuple[Span, Span]
"""Parent and child of different services."""

ANSWERING = ("database", "cache", "message_queue")
"""Peers of known kind, which leave no spans of their own."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A peer as the service that calls it knows it."""

    peer: Peer
    caller: Service

    @property
    def native_id(self) -> str:
        """Where it is; a queue by its name, for it may be spread over brokers.

        A database whose host is not told is kept apart for each caller, as theirs may be different ones.
        """
        peer = self.peer
        if peer.kind == "message_queue":
            place = self.caller.environment and f"@{self.caller.environment}"
            return f"queue:{peer.system}/{peer.name}{place}"
        if peer.kind:
            where = peer.address or f"({self.caller.native_id})"
            return f"{peer.kind}:{peer.system}:{where}/{peer.name}"
        return f"endpoint:{peer.address}"


class Known:
    """Services that left spans, by their names and by the addresses at which they answered."""

    def __init__(self, services: Iterable[Service], crossings: Iterable[Crossing]) -> None:
        self._named: defaultdict[Service, set[Service]] = defaultdict(set)
        for service in services:
            self._named[service._replace(namespace="")].add(service)
        self._behind: defaultdict[str, set[Service]] = defaultdict(set)
        for parent, child in crossings:
            if parent.peer and not parent.peer.kind and parent.peer.host:
                self._behind[parent.peer.address].add(child.process.service)

    def by_name(self, caller: Service, name: str) -> Service:
        """The service of that name in the caller's environment, or one that left no spans."""
        wanted = caller._replace(name=name)
        same = self._named.get(wanted._replace(namespace=""), {wanted})
        return next(iter(same)) if len(same) == 1 else wanted

    def by_address(self, address: str) -> Service | None:
        """The one service that was seen to answer there."""
        behind = self._behind.get(address, set())
        return next(iter(behind)) if len(behind) == 1 else None


@dataclass(slots=True)
class Calls:
    """Who calls whom how often, by native ids, and who those are that left no spans."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    services: set[Service] = field(default_factory=set)
    named: set[Service] = field(default_factory=set)
    mentions: dict[str, set[Mention]] = field(default_factory=lambda: defaultdict(set))

    def add_link(self, link: Link) -> None:
        """Count what the source has counted."""
        self.services |= {link.caller, link.callee}
        self._count(link.caller, link.callee.native_id, link.calls)

    def add_spans(self, spans: Mapping[SpanId, Span]) -> None:
        """Count what the spans of the known services tell."""
        crossings = list(_crossings(spans))
        answered = {parent.id for parent, _ in crossings}
        known = Known(self.services, crossings)
        for parent, child in crossings:
            self._add_crossing(parent, child)
        for span in spans.values():
            if span.peer and (span.peer.kind in ANSWERING or span.id not in answered):
                self._add_peer(span.process.service, span.peer, known)

    def _add_crossing(self, parent: Span, child: Span) -> None:
        """A consumer hears of its producer through the queue, and depends on that."""
        caller, callee = parent.process.service, child.process.service
        if child.kind == "consumer" and (queue := _queue(child) or _queue(parent)):
            if not _queue(child):
                self._mention(callee, queue)
        else:
            self._count(caller, callee.native_id)

    def _add_peer(self, caller: Service, peer: Peer, known: Known) -> None:
        if peer.kind in ANSWERING:
            self._mention(caller, peer)
        elif peer.name:
            service = known.by_name(caller, peer.name)
            self.named.add(service)
            self._count(caller, service.native_id)
        elif behind := known.by_address(peer.address):
            self._count(caller, behind.native_id)
        else:
            self._mention(caller, peer)

    def _mention(self, caller: Service, peer: Peer) -> None:
        mention = Mention(peer, caller)
        self.mentions[mention.native_id].add(mention)
        self._count(caller, mention.native_id)

    def _count(self, caller: Service, callee: str, calls: int = 1) -> None:
        if caller.native_id != callee:
            self.counts[caller.native_id, callee] += calls


def _crossings(spans: Mapping[SpanId, Span]) -> Iterator[Crossing]:
    """Parent and child, where they are of different services."""
    for child in spans.values():
        parent = spans.get(child.parent) if child.parent else None
        if parent and parent.process.service != child.process.service:
            yield parent, child


def _queue(span: Span) -> Peer | None:
    return span.peer if span.peer and span.peer.kind == "message_queue" else None
