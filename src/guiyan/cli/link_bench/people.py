"""True people, by number: families of four share surname, home and sometimes a phone; brothers often a character.

`people(numbers, seed)` gives the truth, which no register knows whole.
"""

from __future__ import annotations

import polars as pl

from guiyan.cli.link_bench import words
from guiyan.cli.link_bench.draws import below, chance, draw, falling, one_of, weighted

STEPS = 20_000
SURNAMES = weighted(words.SURNAMES, STEPS)
GIVEN = {True: weighted(falling(words.MEN), STEPS), False: weighted(falling(words.WOMEN), STEPS)}
FREQUENT = weighted({**words.FREQUENT, "": 100_000 - sum(words.FREQUENT.values())}, 100_000)
FAMILY = 4
TOWNS = 14
EMPLOYERS = 60_000
OLDEST, YOUNGEST = 1948, 2006


def people(numbers: pl.Series, seed: int) -> pl.DataFrame:
    """numbers: whole numbers from 0. Columns: number, surname, given, man, born (date), county, town, school,
    graduation_year, employer, phone, family_phone, `other_school`
    (an earlier or a later one), and `next_…`: where they live and work some years later."""
    frame = pl.DataFrame({"number": numbers.cast(pl.Int64)})
    frame = frame.with_columns(family=pl.col("number") // FAMILY, member=pl.col("number") % FAMILY)
    return (
        frame.with_columns(*_born(seed))
        .with_columns(*_home(seed))
        .with_columns(*_name(seed))
        .with_columns(*_life(seed))
    )


def _born(seed: int) -> list[pl.Expr]:
    """Father, two children, mother."""
    me, family, member = pl.col("number"), pl.col("family"), pl.col("member")
    parents = below(family, 1, seed, YOUNGEST - OLDEST - 24) + OLDEST
    year = (
        pl.when(member.is_in([1, 2]))
        .then(parents + 22 + below(me, 2, seed, 9))
        .otherwise(parents + below(me, 2, seed, 4))
    )
    year = pl.min_horizontal(year, pl.lit(YOUNGEST))
    man = pl.when(member == 0).then(True).when(member == 3).then(False).otherwise(chance(me, 3, seed, 5_200))
    return [pl.date(year, below(me, 4, seed, 12) + 1, below(me, 5, seed, 28) + 1).alias("born"), man.alias("man")]


def _home(seed: int) -> list[pl.Expr]:
    family = pl.col("family")
    near = pl.lit(pl.Series(words.COUNTIES_NEAR)).gather(below(family, 6, seed, len(words.COUNTIES_NEAR)))
    far = pl.lit(pl.Series(words.COUNTIES_FAR)).gather(below(family, 7, seed, len(words.COUNTIES_FAR)))
    county = pl.when(chance(family, 8, seed, 7_500)).then(near).otherwise(far)
    town = 100 + below(family, 9, seed, TOWNS)
    return [county.cast(pl.Int64).alias("county"), (county.cast(pl.Int64) * 1_000 + town).alias("town")]


def _name(seed: int) -> list[pl.Expr]:
    """Mothers have a surname of their own. Some have one of the names that thousands bear."""
    me, family = pl.col("number"), pl.col("family")
    of_family = pl.when(pl.col("member") == 3).then(me + 2**40).otherwise(family)
    surname = one_of(SURNAMES, below(of_family, 10, seed, STEPS))
    # Children of a family share the first character of their given names in two families of five.
    shares = chance(family, 11, seed, 4_000) & pl.col("member").is_in([1, 2])
    first_of = pl.when(shares).then(family + 2**41).otherwise(me)
    first, last = (
        pl.when("man")
        .then(one_of(GIVEN[True], below(of, stream, seed, STEPS)))
        .otherwise(one_of(GIVEN[False], below(of, stream, seed, STEPS)))
        for of, stream in ((first_of, 12), (me, 13))
    )
    single = chance(me, 14, seed, 1_800) & ~shares
    given = pl.when(single).then(last).otherwise(first + last)
    frequent = one_of(FREQUENT, below(me, 15, seed, len(FREQUENT)))
    fits = (frequent != "") & (frequent.str.slice(-1).is_in(list(words.OF_WOMEN)) != pl.col("man"))
    return [
        pl.when(fits).then(frequent.str.slice(0, 1)).otherwise(surname).alias("surname"),
        pl.when(fits).then(frequent.str.slice(1)).otherwise(given).alias("given"),
    ]


def _life(seed: int) -> list[pl.Expr]:
    me, county = pl.col("number"), pl.col("county")
    kind = one_of(words.SCHOOL_KINDS, below(me, 20, seed, len(words.SCHOOL_KINDS)))
    local = county.cast(pl.String) + kind
    studied = chance(me, 21, seed, 3_500)
    university = one_of(words.UNIVERSITIES, below(me, 22, seed, len(words.UNIVERSITIES)))
    leaving = pl.col("born").dt.year() + 18 + below(me, 23, seed, 2) + pl.when(studied).then(4).otherwise(0)
    own = pl.lit(13_000_000_000, pl.Int64) + below(me, 24, seed, 7_000_000_000)
    shared = pl.lit(13_000_000_000, pl.Int64) + below(pl.col("family"), 25, seed, 7_000_000_000)
    second = one_of(words.UNIVERSITIES, below(me, 38, seed, len(words.UNIVERSITIES)))
    return [
        pl.when(studied).then(university).otherwise(local).alias("school"),
        pl.when(studied).then(local).otherwise(second).alias("other_school"),
        leaving.alias("graduation_year"),
        employer(me, 26, seed).alias("employer"),
        pl.when(chance(me, 32, seed, 900)).then(shared).otherwise(own).cast(pl.String).alias("phone"),
        shared.cast(pl.String).alias("family_phone"),
        employer(me, 34, seed).alias("next_employer"),
        pl.lit(pl.Series(words.COUNTIES_FAR)).gather(below(me, 37, seed, len(words.COUNTIES_FAR))).alias("next_county"),
    ]


def employer(number: pl.Expr, stream: int, seed: int) -> pl.Expr:
    """One of many firms, small ones rarer than large ones; its name follows from its number."""
    spread = below(number, stream, seed, 10**6).cast(pl.Float64) / 10**6
    firm = (spread**2 * EMPLOYERS).cast(pl.Int64)
    place, first, last, trade, form = (
        one_of(choices, (draw(firm, 40 + step, seed) // 2**20 % len(choices)).cast(pl.Int64))
        for step, choices in enumerate(
            (words.PLACES, list(words.BRANDS_FIRST), list(words.BRANDS_LAST), words.TRADES, words.FORMS)
        )
    )
    large = one_of(words.LARGE_EMPLOYERS, below(number, stream + 1, seed, len(words.LARGE_EMPLOYERS)))
    return (
        pl.when(chance(number, stream + 2, seed, 800)).then(large).otherwise(place + "市" + first + last + trade + form)
    )
