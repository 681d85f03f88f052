"""Values of register fields: from what somebody typed to a typed value, or to what is wrong and what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from guiyan.kernel.texts import plain_amount
from guiyan.packs.register import Field
from guiyan.registers.credit_codes import read_credit_code
from guiyan.registers.id_numbers import read_id_number
from guiyan.registers.phones import read_phone
from guiyan.registers.wrong import WrongValue

Value = str | int | bool | date | tuple[str, ...] | None

YES, NO = frozenset({"是", "有", "true", "1", "√", "y", "yes"}), frozenset({"否", "无", "false", "0", "×", "n", "no"})
WRITTEN_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
SEPARATORS = re.compile(r"[;；,，、\n]")
MOST_YUAN = 10**13
HUNDRED = 100
SHANGHAI = ZoneInfo("Asia/Shanghai")
# A spreadsheet keeps fifteen digits of a number; the rest of an ID number or a credit code is lost.
TOO_LONG_FOR_EXCEL = 10**15
WRITTEN_AS_TYPED = ("text", "long_text", "code", "list")
SCALED = ("decimal", "money")  # held in hundredths
CREDIT_CODE_FIELD = "credit_code"
WHOLE_PLACE = re.compile(r"\w{2,3}[县区市]\w{2,4}[镇乡]\w{2,4}村")


@dataclass(frozen=True)
class Reader:
    """Reads fields against what can only be known outside: today, and the names of regions."""

    today: date
    regions: dict[str, int]  # full and short names, and codes as text → code

    def read(self, field: Field, raw: object) -> Value:
        """The typed value of a cell; None for an empty one. Raises WrongValue."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if field.required:
                raise WrongValue("没有填写", "这一列必须填")
            return None
        if isinstance(raw, str) and len(raw) > 4000:
            raise WrongValue("超过4000字", "请缩短")
        if isinstance(raw, float) and field.type not in ("int", "money", "decimal") and abs(raw) >= TOO_LONG_FOR_EXCEL:
            raise WrongValue("被表格软件存成了数字，后几位已经丢了", "请把这一列设为文本，再重新填号码")
        value = self.typed(field, raw if field.type in WRITTEN_AS_TYPED else narrow(raw))
        refuse_beyond_bounds(field, value, today=self.today)
        return value

    def typed(self, field: Field, raw: object) -> Value:
        match field.type:
            case "int":
                return whole(raw)
            case "money":
                return fen(raw)
            case "decimal":
                return hundredths(raw)
            case "bool":
                return truth(raw)
            case "date":
                return day(raw)
            case "datetime":
                return moment(raw)
            case "picture":
                raise WrongValue("图片不能写在表里", "请在网页上传")
            case "code":
                return code(field, as_text(raw))
            case "list":
                return tuple(
                    dict.fromkeys(code(field, part) for part in SEPARATORS.split(as_text(raw)) if part.strip())
                )
            case "region":
                return self.region(as_text(raw))
            case "id_number":
                return read_id_number(as_text(raw), today=self.today).text
            case "phone":
                return read_phone(as_text(raw))
        text = as_text(raw)
        return read_credit_code(text) if field.id.endswith(CREDIT_CODE_FIELD) else text

    def region(self, text: str) -> int:
        found = self.regions.get("".join(text.split()))
        if found is None:
            raise WrongValue(
                f"“{shortened(text)}”不是本市的区划", f"应写县和乡镇村，例如{example(self.regions)}，或12位区划代码"
            )
        return found


def refuse_beyond_bounds(field: Field, value: Value, *, today: date) -> None:
    """Raise WrongValue for a typed value that the field's declaration leaves no room for."""
    if isinstance(value, int) and not isinstance(value, bool):
        refuse_outside(field, Decimal(value) / HUNDRED if field.type in SCALED else Decimal(value))
    if field.not_after == "today" and isinstance(value, date) and value > today:
        raise WrongValue(f"“{value.isoformat()}”还没有到", f"应为{today.isoformat()}及以前的日期")
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise WrongValue(f"有{len(value)}字", f"最多{field.max_length}字，请缩短")
    if isinstance(value, str) and field.pattern and not re.fullmatch(field.pattern, value):
        raise WrongValue(f"“{shortened(value)}”不合写法", f"应为{field.pattern_words}")


def refuse_outside(field: Field, number: Decimal) -> None:
    too_small = field.least is not None and number < field.least
    too_large = field.most is not None and number > field.most
    if too_small or too_large:
        kind = {"int": "的整数", "money": "元"}.get(field.type, "的数")
        raise WrongValue(
            f"“{shortened(format(number, 'f'))}”太{'小' if too_small else '大'}", f"应为{range_words(field)}{kind}"
        )


def range_words(field: Field) -> str:
    """0至500, 不小于0, 不大于500."""
    if field.least is not None and field.most is not None:
        return f"{field.least}至{field.most}"
    return f"不小于{field.least}" if field.least is not None else f"不大于{field.most}"


def example(regions: Iterable[str]) -> str:
    """A village in its township and county, short and ordinary: it is to be written like this."""
    named = [name for name in regions if not name.isdigit()]
    whole = [name for name in named if WHOLE_PLACE.fullmatch(name)]
    return min(whole, key=lambda name: (len(name), name), default=max(named, key=len, default="通山县大畈镇"))


def shortened(text: str) -> str:
    return text if len(text) <= 12 else f"{text[:12]}…"


def narrow(raw: object) -> object:
    """Full-width digits and signs as the narrow ones they stand for: １３９ is 139."""
    return unicodedata.normalize("NFKC", raw) if isinstance(raw, str) and not raw.isascii() else raw


def as_text(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime):
        raw = raw.date()
    return str(raw).strip()


def whole(raw: object) -> int:
    text = as_text(raw).replace(",", "").replace("，", "")
    if not re.fullmatch(r"-?\d{1,15}", text):
        raise WrongValue(f"“{shortened(as_text(raw))}”不是整数", "应为整数，例如3")
    return int(text)


def fen(raw: object) -> int:
    """Yuan as typed to fen; at most two decimals, so nothing is rounded."""
    amount = plain_amount(as_text(raw).removesuffix("元"))
    if amount is None:
        raise WrongValue(f"“{shortened(as_text(raw))}”不是金额", "应为以元为单位的数字，例如5000或86.50")
    if amount >= MOST_YUAN or amount != round(amount, 2):
        raise WrongValue(f"“{shortened(as_text(raw))}”的小数超过两位或数额过大", "应精确到分")
    return int(amount * 100)


def hundredths(raw: object) -> int:
    """A number with at most two decimals, in hundredths: nothing is rounded."""
    number = plain_amount(as_text(raw))
    if number is None:
        raise WrongValue(f"“{shortened(as_text(raw))}”不是数", "应为数字，例如12.5")
    if number >= MOST_YUAN or number != round(number, 2):
        raise WrongValue(f"“{shortened(as_text(raw))}”的小数超过两位或数太大", "最多两位小数")
    return int(number * HUNDRED)


def truth(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = as_text(raw).lower()
    if text in YES or text in NO:
        return text in YES
    raise WrongValue(f"“{shortened(as_text(raw))}”看不懂", "应为“是”或“否”")


def day(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = as_text(raw)
    found = WRITTEN_DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise WrongValue(f"“{shortened(text)}”不是日期", "应写成2026-03-18这样") from None


def moment(raw: object) -> datetime:
    """A time to the minute in Asia/Shanghai, which keeps one time all the year."""
    if isinstance(raw, datetime):
        found = raw if raw.tzinfo else raw.replace(tzinfo=SHANGHAI)
    else:
        text = as_text(raw).replace("/", "-").replace("年", "-").replace("月", "-").replace("日", " ")
        try:
            found = datetime.fromisoformat("T".join(text.split()))
        except ValueError:
            raise WrongValue(f"“{shortened(as_text(raw))}”不是时间", "应写成2026-03-18 09:30这样") from None
        found = found.astimezone(SHANGHAI) if found.tzinfo else found.replace(tzinfo=SHANGHAI)
    if found.second or found.microsecond:
        raise WrongValue(f"“{shortened(as_text(raw))}”不是整分钟", "应写成2026-03-18 09:30这样")
    return found


def code(field: Field, text: str) -> str:
    """A code or its label, as either is typed."""
    text = text.strip()
    if text in field.codes:
        return text
    for known, label in field.codes.items():
        if label == text:
            return known
    raise WrongValue(f"“{shortened(text)}”不在可填的范围内", f"应为{'、'.join(list(field.codes.values())[:8])}")


def to_json(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def from_json(field: Field, stored: object) -> Value:
    """What an assertion holds, back to its type; a value that has it already stays.

    A report made under an earlier type of the field may no longer fit.
    """
    if stored is None or isinstance(stored, date | tuple):
        return stored
    if isinstance(stored, Mapping):  # said to be empty
        return None
    if field.type == "date":
        return date.fromisoformat(str(stored))
    if field.type == "datetime":
        return datetime.fromisoformat(str(stored)).astimezone(SHANGHAI)
    if field.type == "list":
        return tuple(map(str, stored)) if isinstance(stored, list) else (str(stored),)
    return stored if isinstance(stored, str | int | bool) else str(stored)
