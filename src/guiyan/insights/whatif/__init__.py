"""What if (政策试算): a changed rule beside today's over the city's kept facts; outreach keeps both.

settings_for   what may be changed, measure by measure      start      a question checked, kept and put to the job
computing      the job: a part of the counties at a time    reading    what was found, as pages and paper tell it
"""

from guiyan.insights.whatif.question import Offered, settings_for
from guiyan.insights.whatif.reading import Answer, answer_of
from guiyan.insights.whatif.starting import latest_facts, start, start_of_proposal

__all__ = ["Answer", "Offered", "answer_of", "latest_facts", "settings_for", "start", "start_of_proposal"]
