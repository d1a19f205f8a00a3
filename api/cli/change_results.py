"""`cmdb change`: what came of changes, and what discovery says of them."""

from datetime import UTC, datetime, timedelta

import typer

from api.cli.asking import JSON, seconds
from api.cli.change_boards import Opening
from api.cli.records import NUMBER
from api.cli.terminal import out, print_json
from api.tables.changes import (
    print_calibration,
    print_comparison,
    print_unauthorised,
    print_unconfirmed,
)

WITHIN = typer.Option("30d", "--within", help="How far back: 20m, 4h, 30d.")


def register(app: typer.Typer, bureau: Opening) -> None:
    """Add the commands."""
    _results(app, bureau)
    _discovery(app, bureau)


def _results(app: typer.Typer, bureau: Opening) -> None:
    @app.command()
    def outcome(number: str = NUMBER, as_json: bool = JSON) -> None:
        """Compare what was foretold of a change with the outages and incidents around it."""
        from api.practices.change.reviewing import compare

        with bureau() as at_work:
            told = compare(at_work, number)
        if as_json:
            print_json(told)
        else:
            print_comparison(out(), told)

    @app.command()
    def calibration(as_json: bool = JSON) -> None:
        """Show how well the likelihoods of closed changes foretold their failures."""
        from api.practices.change.calibration import calibration as calibrated

        with bureau() as at_work:
            told = calibrated(at_work)
        if as_json:
            print_json(told)
        else:
            print_calibration(out(), told)


def _discovery(app: typer.Typer, bureau: Opening) -> None:
    @app.command()
    def unauthorised(within: str = WITHIN, as_json: bool = JSON) -> None:
        """List what discovery found different on CIs with no change at work."""
        from api.practices.change.confirmation import unauthorised_changes

        with bureau() as at_work:
            told = unauthorised_changes(at_work, *_back(within))
        if as_json:
            print_json([one.model_dump(mode="json") for one in told])
        else:
            print_unauthorised(out(), told)

    @app.command()
    def unconfirmed(within: str = WITHIN, as_json: bool = JSON) -> None:
        """List changes that were done and that discovery has not seen."""
        from api.practices.change.confirmation import unconfirmed_changes

        with bureau() as at_work:
            told = unconfirmed_changes(at_work, *_back(within))
        if as_json:
            print_json([one.model_dump(mode="json") for one in told])
        else:
            print_unconfirmed(out(), told)


def _back(within: str) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    return now - timedelta(seconds=seconds(within)), now
