"""Which pages are photographed, as whom, and under what name. Names stay: design reviews compare them."""

from __future__ import annotations

from dataclasses import dataclass

NOBODY = ""


@dataclass(frozen=True)
class Shot:
    """follow: selectors of links to click one after the other, for pages whose address has a number.

    large: also in 大字 on the phone. print: also as it comes out on paper.
    """

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    large: bool = False
    print: bool = False


FIRST_ROW = "a[data-open]"
RULE = "main .callout a[href^='/desk/rules/']"  # from a measure to the change of it that is going on
NOTICE = "main a[href^='/notices/GS']"  # not the tab of the same name; the list begins with the notices that run
PORTAL = (
    Shot("home", NOBODY, "/", large=True),
    Shot("sign-in", NOBODY, "/sign-in/"),
    Shot("about", NOBODY, "/about/"),
    Shot("accessible", NOBODY, "/accessible/"),
    Shot("question", NOBODY, "/can-i-get/", large=True),
    Shot("result", "liuchunyan", "/can-i-get/result/", large=True),
    Shot("services", NOBODY, "/services/"),
    Shot("services-search", NOBODY, "/services/?q=%E8%A1%A5%E8%B4%B4"),
    Shot("plain", NOBODY, "/plain/", large=True),
    Shot("measures", NOBODY, "/measures/"),
    Shot("booklet", NOBODY, "/measures/booklet/"),
    Shot("measure", NOBODY, "/measures/startup-subsidy/"),
    Shot("progress-search", NOBODY, "/progress/"),
    Shot("notices", NOBODY, "/notices/"),
    Shot("notice", NOBODY, "/notices/", (NOTICE,), large=True, print=True),
    Shot("objection", NOBODY, "/notices/", (NOTICE, "a[href$='/objection/']")),
    Shot("results", NOBODY, "/results/"),
    Shot("paid", NOBODY, "/results/", ("main a[href^='/results/GS']",)),
    Shot("apply-start", "wangjian", "/apply/startup-subsidy/", large=True),
    Shot("my", "liuchunyan", "/my/", large=True),
    Shot("my-first-helper", "xumei", "/my/", ("main a[href^='/my/policies/']",), large=True),
    Shot("my-case", "wangjian", "/my/", ("main a[href^='/my/cases/']",), large=True, print=True),
    Shot("my-certificate", "wangjian", "/my/", ("main a[href^='/my/cases/']", "a[href$='/certificate/']"), print=True),
    Shot("together", "liuchunyan", "/together/start-a-business/"),
    Shot("demand-start", "wangjian", "/apply/demand/"),
    Shot("public-registers", NOBODY, "/registers/"),
    Shot("public-register", NOBODY, "/registers/site/"),
    Shot("not-found", NOBODY, "/notices/none/"),
)
CASE = "a[href^='/desk/cases/XN']"
CASES = (
    Shot("my-work", "zhoumin", "/desk/"),
    Shot("my-work-reviewer", "zhengwei", "/desk/"),
    Shot("my-work-helper", "lihuifang", "/desk/"),
    Shot("cases", "zhoumin", "/desk/cases/"),
    Shot("case-page", "zhoumin", "/desk/cases/?stage=accept", (CASE,)),
    Shot("case-review", "zhengwei", "/desk/cases/?stage=review", (CASE,)),
    Shot("case-supplement", "zhoumin", "/desk/cases/?stage=accept", (CASE, "a[href*='request_supplement']")),
    Shot("case-refuse", "zhengwei", "/desk/cases/?stage=review", (CASE, "a[href$='/step/refuse/']")),
    Shot("case-transfer", "zhoumin", "/desk/cases/?stage=accept", (CASE, "a[href$='/transfer/']")),
    Shot("case-opinion", "zhengwei", "/desk/cases/?stage=review", (CASE, "a[href$='/step/consult/']")),
    Shot("bulk", "zhoumin", "/desk/cases/bulk/?act=accept&all=1&query=stage%3Daccept"),
    Shot("view-save", "zhoumin", "/desk/views/save/?list=cases:list&query=stage%3Daccept"),
    Shot("cases-print", "zhoumin", "/desk/cases/?v=0", print=True),
    Shot("demands", "zhoumin", "/desk/demands/"),
    Shot("demand", "zhoumin", "/desk/demands/", (FIRST_ROW,)),
    Shot("ratings", "luojing", "/desk/ratings/"),
    Shot("deputies", "huanglei", "/desk/deputies/"),
    Shot("deputy-new", "xurong", "/desk/deputies/new/"),
    Shot("delegations", "xurong", "/desk/delegations/"),
    Shot("delegation-new", "xurong", "/desk/delegations/new/"),
    Shot("arrivals", "zhoumin", "/desk/arrivals/"),
    Shot("arrival", "zhoumin", "/desk/arrivals/?state=helping", (FIRST_ROW,)),
    Shot("arrival-contacted", "zhoumin", "/desk/arrivals/?state=contacted", (FIRST_ROW,)),
    Shot("arrival-refused", "helin", "/desk/arrivals/?state=refused", (FIRST_ROW,)),
    Shot("arrival-helper", "zhoumin", "/desk/arrivals/?state=helping", (FIRST_ROW, "a[href$='/helper/']")),
    Shot("arrival-contact", "lihuifang", "/desk/arrivals/?state=helping", (FIRST_ROW, "a[href$='/contact/']")),
    Shot("arrival-upload", "dengke", "/desk/arrivals/upload/"),
    Shot("pairing", "zhoumin", "/desk/pairing/"),
    Shot("pairing-list", "zhoumin", "/desk/pairing/mentor/"),
    Shot("dossier", "zhoumin", "/desk/registers/returnee/", (FIRST_ROW, "a[href^='/desk/dossier/']"), print=True),
    Shot("case-print", "zhoumin", "/desk/cases/", (CASE, "a[href$='/print/']"), print=True),
    Shot("case-code", "zhoumin", "/desk/cases/", (CASE, "a[href$='/code/']")),
    Shot("flow", "zhoumin", "/desk/flows/startup-subsidy/"),
    Shot("counter", "chenjing", "/desk/cases/new/?entry=counter"),
    Shot("helper", "lihuifang", "/desk/cases/new/?entry=helper"),
    Shot("mandates", "lihuifang", "/desk/mandates/"),
    Shot("mandate-new", "lihuifang", "/desk/mandates/new/"),
    Shot("checks", "marketchecker", "/desk/checks/"),
    Shot("check", "marketchecker", "/desk/checks/", (FIRST_ROW,)),
    Shot("batches", "huanglei", "/desk/batches/"),
    Shot("batch", "huanglei", "/desk/batches/", (FIRST_ROW,)),
    Shot("batch-print", "huanglei", "/desk/batches/", (FIRST_ROW, "a[href$='/print/']"), print=True),
    Shot("batch-prepare", "huanglei", "/desk/batches/prepare/"),
    Shot("desk-notices", "zhengwei", "/desk/notices/?view=all"),
    Shot("desk-notice", "zhengwei", "/desk/notices/?view=all", ("main a[href^='/desk/notices/']:not([href*='?'])",)),
    Shot("desk-objection", "zhengwei", "/desk/notices/?view=all", ("main a[href^='/desk/objections/']",)),
)
MONEY = (
    Shot("loans", "huanglei", "/desk/loans/"),
    Shot("loan", "huanglei", "/desk/loans/", (FIRST_ROW,)),
    Shot("loan-requests", "hejun", "/desk/loan-requests/"),
    Shot("loan-request", "hejun", "/desk/loan-requests/", ("main a[href^='/desk/loan-requests/']:not([href*='?'])",)),
    Shot("loan-reports", "hejun", "/desk/loan-reports/"),
    Shot("loan-subsidies", "huanglei", "/desk/loan-subsidies/"),
    Shot("payments", "sunli", "/desk/payments/?view=all"),
    Shot("payment", "sunli", "/desk/payments/?view=all", ("main a[href^='/desk/payments/']:not([href*='?'])",)),
    Shot("ledger", "sunli", "/desk/ledger/"),
)
WHAT_IF = (
    Shot("rules", "helin", "/desk/rules/"),
    Shot("rule-new", "helin", "/desk/rules/new/"),
    Shot("rule-measure", "helin", "/desk/rules/measures/graduate-loan-person/"),
    Shot("rule-edit", "helin", "/desk/rules/?state=draft", (FIRST_ROW, RULE)),
    Shot("rule-text", "helin", "/desk/rules/?state=draft", (FIRST_ROW, RULE, "a[href$='/text/']")),
    Shot("rule-proposal", "yemin", "/desk/rules/?state=proposed", (FIRST_ROW, RULE)),
    Shot("rule-approve", "yemin", "/desk/rules/?state=proposed", (FIRST_ROW, RULE, "a[href$='/approve/']")),
    Shot("rule-return", "yemin", "/desk/rules/?state=proposed", (FIRST_ROW, RULE, "a[href$='/return/']")),
    Shot("what-ifs", "helin", "/desk/whatif/"),
    Shot("what-if-choose", "helin", "/desk/whatif/new/"),
    Shot("what-if-new", "helin", "/desk/whatif/new/?measure=graduate-loan-person&measure=graduate-startup-subsidy"),
    Shot("what-if", "helin", "/desk/whatif/", (FIRST_ROW,)),
    Shot("what-if-print", "helin", "/desk/whatif/", (FIRST_ROW, "a[href$='/print/']"), print=True),
    Shot("what-if-delete", "helin", "/desk/whatif/", (FIRST_ROW, "a[href$='/delete/']")),
)
PLANS = (
    Shot("documents", "helin", "/desk/documents/"),
    Shot("document-review", "helin", "/desk/documents/", (FIRST_ROW,)),
    Shot("tasks", "helin", "/desk/tasks/"),
    Shot("findings", "helin", "/desk/findings/"),
    Shot("task", "helin", "/desk/tasks/", ("main a[href^='/desk/tasks/']:not([href*='?'])",)),
    Shot("indicators", "helin", "/desk/indicators/"),
    Shot("split", "helin", "/desk/indicators/", ("main a[href$='/split/']",)),
    Shot("figures", "tangjie", "/desk/figures/"),
    Shot("figure", "tangjie", "/desk/figures/?view=all", (FIRST_ROW,)),
    Shot("freshness", "helin", "/desk/freshness/"),
    Shot("registers", "helin", "/desk/registers/"),
    Shot("register", "helin", "/desk/registers/returnee/"),
    Shot("entry", "helin", "/desk/registers/returnee/", (FIRST_ROW,)),
    Shot("register-steps", "zhengwei", "/desk/registers/listed/"),
    Shot("register-projects", "helin", "/desk/registers/packaged-project/"),
    Shot("entry-sections", "zhengwei", "/desk/registers/listed/", (FIRST_ROW,)),
    Shot("entry-related", "helin", "/desk/registers/chushang/", (FIRST_ROW,)),
    Shot("entry-new", "zhoumin", "/desk/registers/chushang/new/"),
    Shot("entry-edit", "zhoumin", "/desk/registers/listed/", (FIRST_ROW, "a[href$='/edit/']")),
    Shot("entry-level", "zhengwei", "/desk/registers/listed/", (FIRST_ROW, "a[href$='/level/']")),
    Shot("register-export", "zhoumin", "/desk/registers/chushang/export/?f-kind=entrepreneur"),
    Shot("register-exports", "zhengwei", "/desk/registers/exports/"),
    Shot("register-import", "helin", "/desk/registers/person/import/"),
    Shot("search", "helin", "/desk/registers/search/?q=%E5%88%98"),
    Shot("lists", "helin", "/desk/lists/"),
    Shot("list-import", "helin", "/desk/lists/paid-before/"),
    Shot("cockpit", "linzong", "/desk/cockpit/"),
    Shot("indicator", "linzong", "/desk/cockpit/", ("main a[href^='/desk/cockpit/']",)),
    Shot("supervision", "duanyan", "/desk/supervision/?view=all"),
    Shot("proposals", "duanyan", "/desk/supervision/proposals/"),
    Shot("red-lights", "duanyan", "/desk/supervision/proposals/", ("main a[href*='/proposals/lights/']",)),
    Shot("late-reports", "duanyan", "/desk/supervision/proposals/?kind=figure", (FIRST_ROW,)),
    Shot("order", "duanyan", "/desk/supervision/?view=all", (FIRST_ROW,)),
    Shot("weekly", "linzong", "/desk/reports/weekly/", print=True),
)
SYSTEM = (
    Shot("jobs", "yunwei", "/desk/jobs/"),
    Shot("audit", "shenji", "/desk/audit/"),
    Shot("clock", "yunwei", "/desk/clock/"),
    Shot("components", NOBODY, "/components/", large=True),
    Shot("not-allowed", "zhoumin", "/desk/ledger/"),
)
SHOTS = (*PORTAL, *CASES, *MONEY, *WHAT_IF, *PLANS, *SYSTEM)
