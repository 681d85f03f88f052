"""What outreach keeps: runs and arrivals, messages with how they went out, and what people chose."""

from guiyan.outreach.models.arrival import Arrival, ArrivalFile, ArrivalMeasure
from guiyan.outreach.models.message import ChannelChoice, Delivery, Message, Telling
from guiyan.outreach.models.run import AudienceRow, CountyCount, MatchPiece, MatchRun, MissingFact

__all__ = [
    "Arrival",
    "ArrivalFile",
    "ArrivalMeasure",
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
