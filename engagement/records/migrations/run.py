"""Runs Alembic on an open connection, in that connection's transaction: no configuration file, no second connection."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engagement.records.schema_base import Base

METADATA = Base.metadata
"""All the tables of `schema` and `schema_later`, which `database` has imported by the time it calls this."""


def migrate(connection: Connection, folder: Path, version: str = "head") -> None:
    """Applies every step of ``folder`` up to a version that the database lacks."""
    script = ScriptDirectory(str(folder))

    def steps(revision: Any, context: MigrationContext) -> Iterable[Any]:
        return script._upgrade_revs(version, revision)  # what Alembic's own command calls

    environment = EnvironmentContext(Config(), script, fn=steps)
    with environment:
        environment.configure(connection=connection, target_metadata=METADATA)
        environment.run_migrations()
