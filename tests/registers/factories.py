"""Reports and files for the tests. Numbers are of the county 421299, which was never given out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from guiyan.registers.sample.numbers import credit_code, id_number
from guiyan.registers.values import Value

DAFAN, VILLAGE, COUNTY = 421224107000, 421224107206, 421224000000
CHONGYANG_TOWN = 421223100000
BORN = date(1997, 5, 12)


def a_person(serial: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "刘春燕",
        "id_number": id_number(BORN, "女", serial),
        "gender": "female",
        "birth_date": BORN,
        "phone": "15412345678",
        "residence_region": VILLAGE,
        **values,
    }


def a_firm(serial: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "通山县枫林谷民宿",
        "credit_code": credit_code("individual", serial),
        "kind": "individual",
        "registered_region": VILLAGE,
        "registered_on": date(2026, 3, 18),
        "status": "open",
        "founder_name": "刘春燕",
        "founder_id_number": id_number(BORN, "女", 1),
        "jobs_led": 4,
        **values,
    }


def a_returnee(serial: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "刘春燕",
        "id_number": id_number(BORN, "女", serial),
        "home_region": VILLAGE,
        "return_date": date(2026, 2, 21),
        **values,
    }


def an_away_person(serial: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "示例务工",
        "id_number": id_number(BORN, "女", serial),
        "home_region": VILLAGE,
        "away_in": "out_of_province",
        **values,
    }


def csv_file(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


HEAD = ("姓名", "身份证号", "常住地", "手机号")


def person_row(serial: int, **changes: object) -> list[object]:
    row: Mapping[str, object] = {
        "姓名": f"示例{serial}",
        "身份证号": id_number(BORN, "男", serial),
        "常住地": "通山县大畈镇",
        "手机号": "",
        **changes,
    }
    return [row[title] for title in HEAD]
