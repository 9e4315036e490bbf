"""What every table is made of: types and names that both databases share, and the constraints that come again."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware UTC timestamp, on either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Names of constraints and the types of both databases, once."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        int: BigInteger().with_variant(Integer(), "sqlite"),
        str: Text(),
        float: Double(),
        date: Date(),
        datetime: Moment(),
        dict[str, Any]: JSON(),
    }


Id = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
OfEngagement = Annotated[int, mapped_column(ForeignKey("engagement.id"))]
OfMilestone = Annotated[int, mapped_column(ForeignKey("milestone.id"))]
Place = Annotated[int, mapped_column()]


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """A column holds one of these words, or nothing."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def not_negative(*columns: str) -> list[CheckConstraint]:
    """Amounts and weights are 0 or more."""
    return [CheckConstraint(f"{column} >= 0", name=column) for column in columns]


def where(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    """A partial index, on either database."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))
