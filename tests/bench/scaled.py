"""The same talk with its stores on servers: talks on Redis, which has every write on the disk before it answers, and
cases on PostgreSQL. Both run on this machine and take their part of it.
"""

from pathlib import Path
from statistics import median

from tests.bench.measures import compare_talk
from tests.bench.script import rehearse
from tests.bench.servers import plain, product
from tests.bench.talk import Figures, ratio_of, say_what
from tests.bench.wire import Connection
from tests.support import postgres, redis
from tests.support.stores import erasure_beside


async def measure(folder: Path) -> Figures:
    """Measure the talk on both servers; nothing where one of them is not installed."""
    if lacking := postgres.missing() or redis.missing():
        print(f"The talk is not measured on servers: {lacking}.")
        return {}
    with redis.running() as talks, postgres.cluster() as cases:
        stores = {
            "MADOGUCHI_STORE_URL": talks.url,
            "MADOGUCHI_DATABASE_URL": cases,
            "MADOGUCHI_ERASURE_URL": erasure_beside(cases),
        }
        with product(folder, stores) as ours:
            bodies, _ = await rehearse(await Connection.to(ours.socket))
            say_what("on Redis", bodies)
            with plain(folder, bodies) as theirs:
                before = _cpu_seconds(talks)
                talked = await compare_talk(ours, theirs)
                spent = _cpu_seconds(talks) - before
    messages = sum(each.ours.messages for each in talked)
    print(f"  Redis itself took about {spent / messages * 1e6:.0f} µs of the processor a message.")
    return {
        "talk_scaled": ratio_of(talked),
        "scaled_per_second": round(median(each.ours.per_second for each in talked)),
        "scaled_cpu_micros": round(median(each.ours.micros for each in talked)),
        "redis_cpu_micros": round(spent / messages * 1e6),
    }


def _cpu_seconds(server: redis.Server) -> float:
    """Return the processor time that the server says it has used."""
    told = dict(line.split(":", 1) for line in server.say("INFO", "cpu").splitlines() if ":" in line)
    return float(told["used_cpu_user"]) + float(told["used_cpu_sys"])
