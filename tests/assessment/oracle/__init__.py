"""A second, independent calculation of what the product's ``assess --format json`` says, to check it against.

It is written from the design's words alone, shares no code with the product, and is slow and literal on purpose: every
share is an exact fraction, every "as of" is a copy of the records with the later rows taken out, and ``since`` is found
by assessing every earlier day.
"""

from tests.assessment.oracle.answer import assess_folder

__all__ = ["assess_folder"]
