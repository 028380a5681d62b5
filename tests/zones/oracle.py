"""What Python's zoneinfo says about local hours: a second opinion for tests/zones/hours.rs.

In: names of zones, one a line. Out: the version of the time zone database, then one line of JSON a zone:
its changes of offset from FIRST to LAST and, for the days around each, the moment of every whole hour.
Nothing here is translated from src/engine/zone.rs: the rule is written from its words.
"""

import json
import pathlib
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

UTC = timezone.utc
FIRST, LAST = (int(year) for year in sys.argv[1:3])
DAY, HOUR, MINUTE, SECOND = (timedelta(**{unit: 1}) for unit in ("days", "hours", "minutes", "seconds"))
# No offset has held for less than a week since 2000 (Recife, October 2000).
STEP = 3 * DAY


def version():
    """The database that zoneinfo reads: the system's, or the package `tzdata`."""
    for folder in map(pathlib.Path, zoneinfo.TZPATH):
        if (folder / "tzdata.zi").exists():
            return (folder / "tzdata.zi").open().readline().split()[-1]
        if (folder / "+VERSION").exists():
            return (folder / "+VERSION").read_text().strip()
        if (folder / "Europe" / "Berlin").exists():
            return "unknown"
    import tzdata

    return tzdata.IANA_VERSION


def offset(zone, at):
    return at.astimezone(zone).utcoffset()


def changes(zone):
    """The first second of each offset, with the offsets before and after it."""
    at, end = datetime(FIRST, 1, 1, tzinfo=UTC), datetime(LAST + 1, 1, 1, tzinfo=UTC)
    before = offset(zone, at)
    while at < end:
        after = offset(zone, at + STEP)
        if after != before:
            low, high = at, at + STEP
            while high - low > SECOND:
                middle = low + SECOND * ((high - low) // SECOND // 2)
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            yield high, before, after
        at, before = at + STEP, after


def moment(wall, zone):
    """The first moment at which clocks in `zone` show `wall`, or the first later minute that they show."""
    while True:
        at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall:
            return at
        wall += MINUTE


def seconds(at):
    return int(at.timestamp())


def answer(name):
    zone = zoneinfo.ZoneInfo(name)
    found, days, dates = [], set(), []
    for at, before, after in changes(zone):
        found.append((seconds(at), int(before.total_seconds()), int(after.total_seconds())))
        walls = ((at + before).date(), (at + after).date())
        day = min(walls) - DAY
        while day <= max(walls) + DAY:
            days.add(day)
            day += DAY
        for beside in (-DAY, -HOUR, -SECOND, 0 * SECOND, HOUR, DAY):
            near = at + beside
            dates.append((seconds(near), near.astimezone(zone).date().isoformat()))
    hours = {
        day.isoformat(): [seconds(moment(datetime(day.year, day.month, day.day, hour), zone)) for hour in range(24)]
        for day in sorted(days)
    }
    return {"zone": name, "changes": found, "dates": dates, "hours": hours}


print(version())
for name in sys.stdin.read().split():
    try:
        found = answer(name)
    except zoneinfo.ZoneInfoNotFoundError:
        found = {"zone": name, "changes": [], "dates": [], "hours": {}, "missing": True}
    print(json.dumps(found, separators=(",", ":")))
