"""What two answers about the same portfolio say differently, as lines that a person can follow."""

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

ONE_UNIT = 1.5e-4
"""Shares are written to four places: a difference of one in the last of them is that of rounding, of two is not."""


def differences(product: Any, oracle: Any, only: Collection[str] | None = None) -> list[str]:
    """One line for every field in which the product says something else than the oracle; of some engagements only."""
    told = [one for one in product["engagements"] if only is None or one["engagement"] in only]
    keys = [one["engagement"] for one in told]
    expected = [one["engagement"] for one in oracle["engagements"]]
    if keys != expected:
        return [f"engagements: product {keys}, oracle {expected}"]
    return [
        f"{key} {line}"
        for key, one, other in zip(keys, told, oracle["engagements"], strict=True)
        for line in _of_engagement(one, other)
    ]


def _of_engagement(product: Any, oracle: Any) -> Iterator[str]:
    """Everything the oracle says of one engagement, against the same fields of the product."""
    for name, expected in oracle.items():
        told = product[name]
        if name == "milestones":
            yield from _listed("milestones", "milestone", told, expected)
        elif name == "warnings":
            yield from _listed("warnings", "rule", told, expected)
        elif name == "unknown":
            yield from _value("unknown", sorted(one["rule"] for one in told), expected)
        elif name == "cost":
            for field, amount in expected.items():
                exact = None if told[field] is None else Fraction(told[field])
                yield from _value(f"cost.{field}", exact, amount)
        else:
            yield from _value(name, told, expected)


def _listed(name: str, key: str, told: Any, expected: Any) -> Iterator[str]:
    """Two lists of objects that have a key: the order of the keys, then each object."""
    keys, other_keys = [one[key] for one in told], [one[key] for one in expected]
    if keys != other_keys:
        more = [one for one in keys if one not in other_keys]
        fewer = [one for one in other_keys if one not in keys]
        yield (
            f"{name}: only product {more}, only oracle {fewer}"
            if more or fewer
            else f"{name}: order {keys}, {other_keys}"
        )
    by_key = {one[key]: one for one in told}
    for one in expected:
        if one[key] in by_key:
            yield from _value(f"{name}.{one[key]}", by_key[one[key]], one)


def _value(name: str, told: Any, expected: Any) -> Iterator[str]:
    """Two values; of objects, every field that the oracle has."""
    if isinstance(expected, dict):
        for field, value in expected.items():
            yield from _value(f"{name}.{field}", told[field], value)
    elif told != expected and not _rounded_apart(told, expected):
        yield f"{name}: product {told}, oracle {expected}"


def _rounded_apart(told: Any, expected: Any) -> bool:
    """Whether two shares differ only by how a half was rounded."""
    return isinstance(told, float) and isinstance(expected, float) and abs(told - expected) < ONE_UNIT
