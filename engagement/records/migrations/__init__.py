"""The schema's history: one numbered file for each step, applied by Alembic."""
