"""A grant with what its sentence tells around it: whom, on what conditions, in which words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from guiyan.engine.documents.figures.clauses import Reading, Role
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.measures.beneficiaries import Audience, audience_of
from guiyan.engine.documents.measures.grants import Grant
from guiyan.engine.documents.measures.subjects import nearest, said_of_subject
from guiyan.engine.documents.view import Span, phrase, strip_span

_LINKING = re.compile(r"(?:以及|并且|并|且|同时|和|及|、|,|;|符合(?:相关|规定)?条件的)+")


@dataclass(frozen=True, slots=True)
class Told:
    """A grant with its audience and the place of its words.

    kind_before: the kind of the grant before; since: where in the sentence that one ended.
    """

    text: str
    sentence: Sentence
    given: Grant
    audience: Audience
    title: Span
    give: int
    end: int
    kind_before: str
    since: int = 0

    @property
    def chars(self) -> str:
        return self.sentence.chars

    def words(self, place: Span) -> str:
        return phrase(self.text, strip_span(self.text, self.sentence.view.span(*place), ",，、;；。"))


def told_of(text: str, sentence: Sentence, reading: Reading, given: Grant, kind_before: str, last: Told | None) -> Told:
    """Look around a grant: back to the last semicolon for its audience, on to the next benefit for its words."""
    chars = reading.chars
    clause = reading.clauses[reading.clause_of(max(given.start, given.end - 1))]
    give = given.numbers[0].start if given.numbers else given.start
    audience = audience_of(chars, chars.rfind(";", 0, give) + 1, give)
    end = _until_next(reading, given, clause.end)
    lead = _LINKING.match(chars, given.start, end)
    title = strip_span(text, sentence.view.span(lead.end() if lead else given.start, end), "。,，;；、:： ")
    since = last.given.end if last is not None else 0
    return with_conditions(Told(text, sentence, given, audience, title, give, end, kind_before, since), last)


def with_conditions(told: Told, last: Told | None) -> Told:
    """前两年减免50%,第三年减免30%: a grant that says nobody goes on with the conditions of the one before."""
    said = told.audience.receiver is not None or bool(told.audience.conditions)
    low = told.chars.rfind(";", 0, told.give) + 1
    if last is not None and nearest(told.chars, max(low, told.since), told.give) is not None:
        goes_on = told.since >= low
        told = replace(told, audience=replace(told.audience, receiver=None))
        said = not goes_on
    of_subject = said_of_subject(told.chars, low, told.give)
    if of_subject and not said:
        return replace(told, audience=replace(told.audience, conditions=of_subject))
    if last is None or said or ";" in told.chars[last.give : told.give]:
        return told
    return replace(told, audience=replace(told.audience, conditions=last.audience.conditions))


def _until_next(reading: Reading, given: Grant, end: int) -> int:
    """A measure's words end where the next benefit of the same clause begins."""
    for quantity, role in zip(reading.quantities, reading.roles, strict=True):
        if role is Role.BENEFIT and given.end <= quantity.start < end:
            words = reading.chars[given.end : quantity.start]
            cut = max(words.rfind("和"), words.rfind("及"), words.rfind("、"))
            return given.end + cut if cut >= 0 else quantity.start
    return end
