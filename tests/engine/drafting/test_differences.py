"""A draft beside a declared rule: the same in other words is the same; all else is told, with a case that shows it."""

from __future__ import annotations

from typing import Any

from guiyan.engine.drafting import DeclaredPart, Difference, declared_parts, differences
from guiyan.engine.rules import parse
from guiyan.engine.rules.model import Version
from tests.engine.drafting.reading_words import drafted, pack


def parts(**rules: str) -> list[DeclaredPart]:
    return [DeclaredPart(label, parse(rule)) for label, rule in rules.items()]


def told(found: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.term.words if one.term else "", one.declared.label if one.declared else "") for one in found]


def test_the_same_conditions_in_other_words_are_no_finding() -> None:
    draft = drafted("高校毕业生", "45周岁以下", "带动2人就业")
    declared = parts(a="is_graduate", b="age_years < 46", c="NOT (jobs_led_excluding_founder <= 1)")
    assert differences(draft, declared, pack().catalogue) == ()


def test_another_age_is_told_with_somebody_whom_it_concerns() -> None:
    (found,) = differences(drafted("个人", "45岁(含)以下"), parts(age="age_years <= 50"), pack().catalogue)
    assert told((found,)) == [("differs", "45岁(含)以下", "age")]
    assert (found.case, found.drafted_says) == ({"age_years": 46}, False)


def test_the_included_anniversary_is_told_apart_from_the_day_before() -> None:
    draft = drafted("个人", "毕业5年内创办企业")
    declared = parts(within="business_registered_on < five_years_after_graduation")
    (found,) = differences(draft, declared, pack().catalogue)
    assert found.kind == "differs" and found.drafted_says is True
    assert found.case is not None and set(found.case) == {"business_registered_on", "graduation_date"}


def test_what_only_one_of_the_two_has_is_told() -> None:
    draft = drafted("高校毕业生", "首次创业")
    declared = parts(graduate="is_graduate", jobs="jobs_led_excluding_founder >= 2")
    assert told(differences(draft, declared, pack().catalogue)) == [
        ("not-declared", "首次创业", ""),
        ("not-in-words", "", "jobs"),
    ]


def test_one_of_a_list_more_or_less_is_told() -> None:
    draft = drafted("高校毕业生、退役军人")
    declared = parts(who="is_graduate OR is_veteran OR is_disabled")
    assert told(differences(draft, declared, pack().catalogue)) == [("differs", "高校毕业生、退役军人", "who")]


def test_what_cannot_be_tried_counts_as_different() -> None:
    declared = parts(age="age_years <= months_in_operation")
    assert told(differences(drafted("个人", "45岁以下"), declared, pack().catalogue)) == [
        ("differs", "45岁以下", "age")
    ]


def test_parameters_of_a_version_are_filled_in() -> None:
    version = Version.model_validate(
        {
            "from": "2025-01-01",
            "parameters": {"oldest": {"label": "年龄上限", "type": "int", "value": "45", "set_by": "city-demo"}},
            "conditions": {"age": {"label": "年龄", "when": "age_years <= oldest"}},
            "benefit": {"kind": "grant"},
        }
    )
    draft = drafted("个人", "45周岁以下")
    assert differences(draft, declared_parts(version), pack().catalogue) == ()


def test_the_declared_measures_of_the_pack_agree_with_their_documents() -> None:
    """Each linked by hand; what the rule has beyond the measure's own sentence is told, nothing contradicts."""
    from guiyan.engine.drafting import draft_measure
    from tests.engine.documents.real_documents import parsed

    document = parsed("xianning-2025-homecoming")
    links: dict[str, tuple[str, str]] = {
        "startup-subsidy": ("给予5000元", "返乡人员"),
        "graduate-startup-subsidy": ("给予5000元", "高校毕业生"),
        "graduate-loan-person": ("对45岁", "45岁(含)以下高校毕业生"),
        "guarantee-loan-firm": ("为个人和小微企业", "小微企业"),
        "incubator-award": ("对获评市级基地", "获评市级基地"),
    }
    for measure_id, (title, receiver) in links.items():
        measure: Any = next(
            one for one in document.measures if one.title.startswith(title) and one.beneficiary == receiver
        )
        draft = draft_measure(measure, document.text, pack().lexicon)
        declared = declared_parts(pack().measures[measure_id].versions[-1])
        assert differences(draft, declared, pack().catalogue) == (), measure_id
