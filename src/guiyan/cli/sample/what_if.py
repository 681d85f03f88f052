"""政策试算 of the demonstration: an age limit and a sum tried out, as an officer of the city would."""

from __future__ import annotations

from guiyan.accounts.queries import actor_by_username
from guiyan.insights import whatif
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import queries
from guiyan.policies import queries as policies

TRIED = (
    ("创业补贴提到8000元", "startup-subsidy", "benefit.amount_yuan", "8000"),
    ("毕业生贷款放宽到50岁", "graduate-loan-person", "conditions.age.0", "50"),
)


def try_out() -> int:
    """How many were tried; none where some are there already, or the measures are not in force."""
    helin = actor_by_username("helin")
    with entered(Scope.system()):
        live = {one.measure.id for one in policies.live_measures("person")}
        if queries.what_ifs_for(helin).exists() or not {measure for _, measure, _, _ in TRIED} <= live:
            return 0
        today, city = calendar.today(), releases.current().city.region
        for title, measure, place, value in TRIED:
            whatif.start(
                helin,
                title=title,
                kind="person",
                measures=[measure],
                area=city,
                day=today,
                changed_day=today,
                changes={measure: {place: value}},
            )
    jobs.run_pending()
    return len(TRIED)
