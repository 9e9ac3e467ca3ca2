"""Registers of any size, always the same for the same numbers: what sizes are measured with."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from graph_loader.dates import PartialDate
from graph_loader.model import (
    Batch,
    Claim,
    Instrument,
    Party,
    Signatory,
    Source,
    StatedAgreement,
    TopicTag,
    make_party,
)

PARTIES = 13_000
HUB_SHARE = 0.02  # because a province signs some hundredth of all that its country signs
REGIONS = 552  # because there are 38 provinces and 514 regencies
COUNTRIES = ("au", "cn", "jp", "kr", "nl")
SUBJECTS = (
    ("pertanian", "2"), ("kesehatan", "3"), ("pendidikan", "4"), ("air bersih", "6"),
    ("pelabuhan", "9"), ("pariwisata", "8"), ("persampahan", "11"), ("iklim", "13"),
)  # fmt: skip
SIZES = (2,) * 17 + (3, 3, 5)  # because most shipped agreements have two parties, a few many
FIRST_YEAR, LAST_YEAR = 1980, 2026


def generated(count: int, parties: int = PARTIES, seed: int = 1) -> Batch:
    """A load of `count` agreements among `parties` parties, all of whom it brings along.

    The region `g0` is a hub, as a province is. Another seed gives other words of the same ids.

    Example:
        >>> batch = generated(50, parties=20)
        >>> len(batch.agreements), len(batch.parties), batch == generated(50, parties=20)
        (50, 20, True)
    """
    chance = random.Random(seed)
    known = tuple(_parties(parties))
    agreements = tuple(_agreement(chance, number, known) for number in range(count))
    return Batch(
        Source("generated", "Generated register"),
        f"generated-{count}.csv",
        rows=sum(len(stated.claims[0].parties) for stated in agreements),
        parties=known,
        agreements=agreements,
    )


def _parties(count: int) -> Iterator[Party]:
    """Regions and foreign partners, at least one of each; ids that no real register has."""
    regions = max(1, min(REGIONS, count // 2))
    for number in range(count):
        if number < regions:
            yield make_party(
                f"g{number}", f"Kabupaten Buatan {number}", f"Made {number} Regency", "kabupaten"
            )
        else:
            country = COUNTRIES[number % len(COUNTRIES)]
            name = f"Mitra Buatan {number}"
            yield make_party(f"g{number}-{country}", name, name, "foreign_local", country, "")


def _agreement(chance: random.Random, number: int, known: Sequence[Party]) -> StatedAgreement:
    subject, goal = chance.choice(SUBJECTS)
    members = chance.sample(known, min(chance.choice(SIZES), len(known)))
    if chance.random() < HUB_SHARE and known[0] not in members:
        members[0] = known[0]
    signed = _date(chance)
    claim = Claim(
        row=2 + 2 * number,
        page=f"https://example.org/{number}",
        parties=tuple(Signatory(party.id) for party in members),
        instrument=chance.choice(tuple(Instrument)),
        title=f"Kerja sama {subject} {number}",
        signed=signed,
        ends=PartialDate(signed.year + 5) if chance.random() < 0.5 else None,
        topic_text=subject,
        topics=(TopicTag(goal, (subject,)),),
    )
    return StatedAgreement(f"generated.{number}", (claim,))


def _date(chance: random.Random) -> PartialDate:
    """A year, a month or a day, as documents have them."""
    year, month, day = (
        chance.randint(FIRST_YEAR, LAST_YEAR), chance.randint(1, 12), chance.randint(1, 28)
    )  # fmt: skip
    return PartialDate(*(year, month, day)[: chance.randint(1, 3)])
