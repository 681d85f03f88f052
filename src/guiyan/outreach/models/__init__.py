"""What outreach keeps: runs with their counts and audience; messages, how they went out, and what people chose."""

from guiyan.outreach.models.message import ChannelChoice, Delivery, Message, Telling
from guiyan.outreach.models.run import AudienceRow, CountyCount, MatchPiece, MatchRun, MissingFact

__all__ = [
    "AudienceRow",
    "ChannelChoice",
    "CountyCount",
    "Delivery",
    "MatchPiece",
    "MatchRun",
    "Message",
    "MissingFact",
    "Telling",
]
