"""Three rows of the registers in the browser: an investor met and a deal recorded, a seed promoted, a brochure taken.

Each ends in what was read back: the figures that follow from the records, the step, the words on paper.
"""

from __future__ import annotations
