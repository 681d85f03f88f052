"""Texts made for measuring: a plan of any size, and what would cost a careless reader most."""

from __future__ import annotations

from itertools import count

_ITEM = (
    "{n}.推进第{n}项工作。完善服务，强化保障，到2027年新增返乡创业主体{n}00户以上，每年培训不少于{n}0人次，其中女性{n}人次。"
    "对首次创业并正常经营1年以上的返乡人员，给予{n}000元一次性补贴；按不超过投资额的20%给予最高{n}0万元奖励。"
    "（牵头单位：市人力资源社会保障局；责任单位：市财政局、市农业农村局，各县〔市、区〕人民政府）\n"
)
HOSTILE: dict[str, tuple[str, int]] = {
    "10,000 brackets": ("(责任单位:市人社局)", 10_000),
    "10,000 open brackets": ("(", 10_000),
    "100,000 numbers": ("10家、", 100_000),
    "one paragraph of 1 MB": ("引进培育建设打造返乡创业园,", 24_000),
    "deep numbering": ("一、(一)1.(1)①", 20_000),
    "每年 over and over": ("每年", 100_000),
    "labels without units": ("责任单位:", 40_000),
    "grants in one sentence": ("对企业给予10万元,", 30_000),
    "quotes that never close": ("“《", 100_000),
    "cells": ("序号 |\n牵头单位 |\n1 |\n", 20_000),
    "tabs": ("甲\t", 100_000),
    "lines of a table without bars": ("序号\n任务\n责任单位\n1\n", 20_000),
}


def plan_of(size: int) -> str:
    """A plan of about `size` bytes: sections, items, tasks, figures and measures, all numbered anew."""
    pieces = ["某某市返乡创业工作方案\n"]
    made = len(pieces[0].encode("utf-8"))
    for number in count(1):
        if made >= size:
            return "".join(pieces)
        item = _ITEM.format(n=(number - 1) % 99 + 1)
        if number % 99 == 1:
            item = f"（{'一二三四五六七八九'[number // 99 % 9]}）做好第{number // 99 + 1}组工作\n{item}"
        pieces.append(item)
        made += len(item.encode("utf-8"))
    raise AssertionError("count never ends")
