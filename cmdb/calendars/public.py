"""Public holidays, by country and subdivision; the `holidays` library knows them."""

from datetime import date
from functools import lru_cache

from cmdb.catalogue.suggest import did_you_mean


@lru_cache(maxsize=1024)
def public_holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The days of that year on which nobody works, substitutes of those at weekends among them.

    An object of its own for each year: those of the library grow with the years they are asked for,
    which no two threads may do at once.
    """
    from holidays import country_holidays  # slow to import

    return frozenset(country_holidays(country, subdiv=subdivision, years=year, expand=False))


def check_place(country: str, subdivision: str | None) -> None:
    """ValueError where the library does not know the country, or its subdivision."""
    from holidays.utils import list_supported_countries

    places = list_supported_countries(include_aliases=True)
    if country not in places:
        raise ValueError(f"{country!r} is not the ISO 3166 code of a country whose holidays are known")
    if subdivision and subdivision not in places[country]:
        known = places[country]
        hint = did_you_mean(subdivision, known)
        raise ValueError(
            f"{country} has no subdivision {subdivision!r}{hint}; known are {', '.join(known) or 'none'}"
        )
