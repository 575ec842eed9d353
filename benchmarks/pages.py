"""Time every page that a role can reach, on the data of an installation (a demo at full size).

    HOCVU_DEMO=1 HOCVU_DATA=var python benchmarks/pages.py [RUNS]

Each role starts on its first screen and follows the links of its pages, one example per address. A page is asked
for RUNS times after one warm-up; printed are the median and the slowest in ms, slowest pages first.
"""

import os
import re
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
LINK = re.compile(r'href="(/[^"#]*)"')
GOAL_MS = 150
SKIPPED = ("/languages/", "/static/", "/exports/", "/sign-out/", "/calendars/")
FILES = (".pdf", ".docx", ".xlsx", ".zip", ".ics")


def main(runs: int) -> int:
    """Print the table; return how many pages are over the goal."""
    import django

    django.setup()
    from django.test import Client
    from django.urls import Resolver404, resolve

    from hocvu.people.models import Account

    rows: list[tuple[float, float, str, str]] = []
    for account in Account.objects.filter(is_demo=True).order_by("username"):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        waiting, seen = ["/"], set()
        while waiting:
            path = waiting.pop(0).replace("&amp;", "&")
            try:
                name = resolve(path.split("?")[0]).view_name
            except Resolver404:
                continue
            if name in seen or path.startswith(SKIPPED) or path.split("?")[0].endswith(FILES):
                continue
            seen.add(name)
            response = client.get(path, follow=True)
            if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
                continue
            times = []
            for _ in range(runs):
                start = time.perf_counter()
                client.get(path, follow=True)
                times.append(1000 * (time.perf_counter() - start))
            rows.append((statistics.median(times), max(times), account.username, name))
            waiting += LINK.findall(response.content.decode())
    rows.sort(reverse=True)
    slow = [row for row in rows if row[0] > GOAL_MS]
    print(f"{len(rows)} pages, {len(slow)} with a median over {GOAL_MS} ms")
    for median, slowest, who, name in rows[:40]:
        print(f"{median:8.0f} {slowest:8.0f}  {who:<18} {name}")
    medians = sorted(row[0] for row in rows)
    print(
        f"median of all pages {statistics.median(medians):.0f} ms, 95th percentile {medians[int(len(medians) * 0.95)]:.0f} ms"
    )
    return len(slow)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
