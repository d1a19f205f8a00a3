"""`cmdb outage`: from when to when services were down."""

from api.cli.asking import JSON
from api.cli.records import NOTE, NUMBER, by, office, one_of, record_commands, show_record

app = record_commands("outage", "Outages: from when to when a service was down, degraded, or taken down.")


@app.command()
def confirm(number: str = NUMBER, note: str = NOTE, as_json: bool = JSON) -> None:
    """Confirm one that was proposed, so that it counts; one that has ended is over then."""
    from cmdb.outages import confirm_outage

    with office() as at_work:
        known = one_of(at_work.desk, "outage", number).number
        show_record(at_work.desk, confirm_outage(at_work.desk, by(note), known), as_json)
