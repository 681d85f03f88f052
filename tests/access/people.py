"""Everybody who may stand before a door: the demo accounts by what they do, a resident, and nobody."""

from __future__ import annotations

NOBODY = ""
# Residents: 刘春燕 has a request, 王建 has none, `resident` has a draft, `asking` is asked for her
# mandate, and her firm's project was recognised.
RESIDENTS = frozenset({"liuchunyan", "wangjian", "resident", "asking"})
COUNTER, HELPER = "chenjing", "lihuifang"
VILLAGER = "yuanmei"  # visits households of one village
ACCEPTOR, REVIEWER = "zhoumin", "zhengwei"
BATCHER, RECHECKER, SIGNER = "huanglei", "wuqiang", "xurong"
CHECKERS = frozenset({"marketchecker", "townchecker"})
TREASURY, POLICY, LEADER, SUPERVISOR = "sunli", "helin", "linzong", "duanyan"
AUDITOR, OPERATOR = "shenji", "yunwei"
CALLER = "luojing"  # calls back who was not satisfied
ISSUER, REPORTER, CHECKER_OF_FIGURES, LOCKER = "panjian", "tangjie", "fangyu", "lulin"
TARGETS = frozenset({ISSUER, REPORTER, CHECKER_OF_FIGURES, LOCKER})
PUSH_APPROVER = "qinlan"  # agrees to telling people what may be theirs
RULE_APPROVER = "yemin"  # agrees to changed rules
REGISTRAR = "dengke"  # sends in registrations of businesses
ELSEWHERE = "caoyun"  # accepts and reviews in another county
BANKER, OTHER_BANKER, SURETY = "hejun", "dengfei", "shiyu"
OFFERER = "xiongwei"  # answers who asks about sites
SENDER = "kongqing"  # a school's: sends its own alumni and sees nothing else
LENDERS = frozenset({BANKER, OTHER_BANKER, SURETY})
OFFICE = frozenset({COUNTER, ACCEPTOR, REVIEWER, BATCHER, RECHECKER, SIGNER})
STAFF = (
    OFFICE | CHECKERS | {HELPER, TREASURY, POLICY, LEADER, SUPERVISOR, AUDITOR, OPERATOR, CALLER, ELSEWHERE} | TARGETS
    | LENDERS | {PUSH_APPROVER, RULE_APPROVER, REGISTRAR, VILLAGER, OFFERER, SENDER}
)  # fmt: skip
SIGNED_IN = STAFF | RESIDENTS
EVERYBODY = SIGNED_IN | {NOBODY}

CASE_READERS = OFFICE | {HELPER, LEADER, AUDITOR, CALLER}
CASE_LIST = CASE_READERS | CHECKERS | {ELSEWHERE, TREASURY}
# A helper's township is smaller than the county that batches and notices are of.
BATCH_READERS = CASE_READERS - {HELPER}
NOTICE_READERS = OFFICE | {HELPER, LEADER, AUDITOR}
REGISTER_READERS = frozenset({ACCEPTOR, REVIEWER, POLICY, LEADER})
PERSON_READERS = OFFICE | {HELPER, POLICY, LEADER, CALLER}
DOSSIER_READERS = frozenset({ACCEPTOR, REVIEWER, HELPER, POLICY, LEADER})
PAIRERS = frozenset({ACCEPTOR, POLICY})
PAYMENT_READERS = frozenset({BATCHER, RECHECKER, SIGNER, TREASURY, AUDITOR})
LOAN_OFFICES = frozenset({REVIEWER, BATCHER, RECHECKER, LEADER, AUDITOR})
OUTREACH = frozenset({POLICY, PUSH_APPROVER})
ARRIVALS = frozenset({ACCEPTOR, HELPER, POLICY, REGISTRAR})
COCKPIT = frozenset({SIGNER, POLICY, LEADER, SUPERVISOR, ISSUER})
