"""Public holidays of Vietnam, with their days in lieu and the days that an announcement has exchanged.

In: a year. Out: its days, Saturdays and Sundays among them only where they are holidays. Years that are over, and the
one whose days were announced in the autumn before, stand here; for others the package `holidays` is asked, which loads
the calendars of all countries (a tenth of a second) and learns each year's announcement with its next release.

Source: Bộ luật Lao động 2019, Điều 112 (before: 2012, Điều 115) and the yearly announcements, as PyPI `holidays` 0.109
lists them; a test compares.

>>> [day.isoformat() for day in sorted(public_holidays(2026))][-1]
'2026-11-24'
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

ANNOUNCED = {
    2015: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 21/02 22/02 23/02 28/04 29/04 30/04 01/05 02/09",
    2016: "01/01 07/02 08/02 09/02 10/02 11/02 12/02 16/04 18/04 30/04 01/05 02/05 03/05 02/09",
    2017: "01/01 02/01 26/01 27/01 28/01 29/01 30/01 31/01 01/02 06/04 30/04 01/05 02/05 02/09 04/09",
    2018: "01/01 14/02 15/02 16/02 17/02 18/02 19/02 20/02 25/04 30/04 01/05 02/09 03/09 31/12",
    2019: "01/01 04/02 05/02 06/02 07/02 08/02 14/04 15/04 29/04 30/04 01/05 02/09",
    2020: "01/01 23/01 24/01 25/01 26/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09",
    2021: "01/01 10/02 11/02 12/02 13/02 14/02 15/02 16/02 21/04 30/04 01/05 03/05 02/09 03/09",
    2022: "01/01 03/01 31/01 01/02 02/02 03/02 04/02 10/04 11/04 30/04 01/05 02/05 03/05 01/09 02/09",
    2023: "01/01 02/01 20/01 21/01 22/01 23/01 24/01 25/01 26/01 29/04 30/04 01/05 02/05 03/05 01/09 02/09 04/09",
    2024: "01/01 08/02 09/02 10/02 11/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 01/02 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 16/02 17/02 18/02 19/02 20/02 26/04 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
}
"""Day and month of each, by year."""


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of *year*."""
    if year in ANNOUNCED:
        return frozenset(date(year, int(day[3:]), int(day[:2])) for day in ANNOUNCED[year].split())
    from holidays import country_holidays  # heavy, see above

    return frozenset(country_holidays("VN", years=year))
