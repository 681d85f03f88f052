"""Tags: what they draw, and what they refuse."""

from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory


def shown(source: str, **context: object) -> str:
    request = RequestFactory().get("/desk/cases/", {"sort": "due", "item": "loan", "after": "9"})
    return Template("{% load guiyan_ui %}" + source).render(Context({"request": request, **context}))


class Phone(forms.Form):
    phone = forms.CharField(label="手机号", help_text="11位", min_length=11, error_messages={"min_length": "少了1位"})
    first = forms.ChoiceField(label="第一次吗", choices=[("yes", "是"), ("unsure", "不清楚")], widget=forms.RadioSelect)


def test_a_light_says_its_state_in_words_too() -> None:
    html = shown('{% light "late" "超期1天" %}')
    assert "light-late" in html and "超期1天" in html


@pytest.mark.parametrize("source", ['{% light "blue" %}', '{% chip "x" "pink" %}', '{% button "x" colour="red" %}'])
def test_an_unknown_state_is_refused_by_name(source: str) -> None:
    with pytest.raises(ValueError, match="known"):
        shown(source)


def test_a_button_that_cannot_be_used_says_why_and_is_no_submit() -> None:
    html = shown('{% button "发布" disabled_reason="还有9条待确认" %}')
    assert 'aria-disabled="true"' in html and "还有9条待确认" in html and 'type="submit"' not in html


def test_text_in_components_is_escaped() -> None:
    html = shown(
        "{% chip words %}{% button words %}{% empty words %}{% timeline steps %}", words="<b>", steps=[{"title": "<b>"}]
    )
    assert "<b>" not in html


def test_a_field_ties_its_hint_and_error_to_the_control() -> None:
    html = shown("{% field form.phone %}", form=Phone({"phone": "138"}))
    assert 'aria-describedby="id_phone_hint id_phone_error"' in html
    assert 'aria-invalid="true"' in html and "少了1位" in html and 'for="id_phone"' in html


def test_an_upload_without_a_form_is_the_same_drop_with_its_hint_tied() -> None:
    html = shown('{% upload "sheet" "填好的表" hint="有一行错就都不写入" accept=".csv" %}')
    assert "data-drop>" in html and 'for="sheet"' in html and "选择填好的表" in html
    assert 'aria-describedby="sheet_hint"' in html and 'id="sheet_hint"' in html


def test_radio_cards_are_a_fieldset_with_the_answer_kept() -> None:
    html = shown("{% field form.first cards=True %}", form=Phone({"first": "unsure"}))
    assert "<fieldset" in html and html.count('type="radio"') == 2
    assert 'value="unsure" checked' in html


def test_check_boxes_stay_check_boxes() -> None:
    class Needs(forms.Form):
        needs = forms.MultipleChoiceField(choices=[("loan", "贷款")], widget=forms.CheckboxSelectMultiple)

    assert 'type="checkbox"' in shown("{% field form.needs %}", form=Needs())


def test_the_error_summary_links_to_each_field() -> None:
    html = shown("{% error_summary form %}", form=Phone({"phone": "138"}))
    assert "有2处要改" in html and 'href="#id_phone"' in html and 'href="#id_first_0"' in html


def test_no_error_no_summary() -> None:
    assert shown("{% error_summary form %}", form=Phone()).strip() == ""


def test_the_clock_has_one_cell_a_working_day_and_shows_those_beyond() -> None:
    html = shown("{% clock used=6 total=5 %}")
    assert html.count('class="used"') == 5 and html.count('class="over"') == 1


def test_sorting_keeps_the_filters_and_drops_the_page_position() -> None:
    html = shown('{% sort_header "到期" "due" %}')
    assert 'aria-sort="ascending"' in html and "sort=-due" in html and "item=loan" in html and "after=" not in html


def test_a_set_filter_can_be_cleared() -> None:
    html = shown('{% filter_menu "事项" "item" options %}', options=[("loan", "创业担保贷款")])
    assert "事项：创业担保贷款" in html and "item=" not in html


def test_only_the_longest_matching_entry_of_the_menu_is_active() -> None:
    nav = [
        SimpleNamespace(group="工作", label=name, href=href, icon="list", count=None)
        for name, href in (("首", "/desk/"), ("件", "/desk/cases/"))
    ]
    html = shown(
        "{% nav_groups nav as groups %}"
        "{% for g in groups %}{% for l in g.links %}{{ l.label }}{{ l.active }} {% endfor %}{% endfor %}",
        nav=nav,
    )
    assert html == "首False 件True "


def test_overlapping_marks_are_cut_and_numbered_where_they_end() -> None:
    text = "对返乡人员给予补贴。(市人社局)"
    spans = [
        {"id": "m1", "start": 0, "end": 9, "kind": "measure", "number": "1"},
        {"id": "t1", "start": 1, "end": 5, "kind": "task", "number": "2"},
    ]
    html = shown('{% source_text text spans current="m1" %}', text=text, spans=spans)
    assert html.count('data-span="m1"') == 2 and html.count('data-span="t1"') == 1
    assert html.index("<sup>2</sup>") < html.index("<sup>1</sup>")
    assert (
        "".join(Template("{{ h|striptags }}").render(Context({"h": html})).split())
        == "对返乡人员2给予补贴1。(市人社局)"
    )


def test_a_line_chart_draws_no_point_where_nothing_is_known() -> None:
    html = shown(
        '{% line_chart series labels unit="人" %}',
        series=[{"label": "实绩", "values": [1, None, 3]}],
        labels=["1月", "2月", "3月"],
    )
    points = html.split('points="')[1].split('"')[0]
    assert len(points.split()) == 2 and "—" in html


def test_a_bar_without_a_value_is_empty_not_zero_percent() -> None:
    html = shown('{% number_tile "投资额" None unit="亿元" %}')
    assert "—" in html and "完成" not in html


@pytest.mark.parametrize(("percent", "words"), [(0.0027, "完成不到0.1%"), (54.86, "完成54.9%"), (99.99, "完成99.9%")])
def test_what_has_begun_is_never_said_to_be_nothing_nor_what_is_missing_something_all(
    percent: float, words: str
) -> None:
    html = shown('{% number_tile "贷款" 8 percent=percent %}', percent=percent)
    assert words in html and "bar-fill" in html


def test_a_qr_code_is_drawn_without_style() -> None:
    html = shown('{% qr "https://example.invalid/p/1" %}')
    assert html.startswith("<svg") and "style" not in html


def test_a_verdict_names_what_the_document_leaves_open() -> None:
    html = shown(
        "{% verdict_card v %}",
        v={"verdict": "yes", "title": "补贴", "open_conditions": ["符合条件的"], "href": "/a/", "verb": "申请补贴"},
    )
    assert "“符合条件的”" in html and "申请补贴" in html


def test_a_message_with_an_undo_offers_it() -> None:
    from django.contrib.messages.storage.base import Message

    html = shown("{% toast m %}", m=Message(25, "已同意", extra_tags="undo:/desk/cases/12/undo/"))
    assert 'action="/desk/cases/12/undo/"' in html and "撤回" in html
