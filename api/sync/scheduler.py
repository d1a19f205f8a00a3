"""Runs sources on their schedules until it is told to stop."""

import signal
from collections.abc import Iterable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from api.sync.configuration import Source
from api.sync.runner import Runner
from api.sync.schedule import trigger_of
from cmdb.errors import InvalidInput

AT_ONCE = 4
"""Sources that run side by side; most of the time they wait for what they read."""


def run_on_schedule(sources: Iterable[Source], runner: Runner) -> None:
    """Run each source when its schedule says, and now if it was missed, until SIGTERM or Ctrl-C.

    What runs then is let end; a second signal ends it at once. Belongs in the main thread. Raises
    InvalidInput where no source has a schedule.
    """
    scheduler = BlockingScheduler(
        executors={"default": ThreadPoolExecutor(AT_ONCE)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for source in sources:
        if trigger := trigger_of(source):
            scheduler.add_job(runner.if_due, trigger, args=[source])
            if runner.missed(source):
                scheduler.add_job(runner.if_due, args=[source])
    if not scheduler.get_jobs():
        raise InvalidInput(
            "No source has a schedule: give one `every` or `schedule`, or run them with --once."
        )
    for each in (signal.SIGTERM, signal.SIGINT):  # which a shell has its background jobs ignore
        signal.signal(each, signal.default_int_handler)
    try:
        scheduler.start()
    except KeyboardInterrupt:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.SIG_DFL)
        runner.stop()
        if scheduler.running:
            scheduler.shutdown(wait=True)
