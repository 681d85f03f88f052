"""What outreach keeps: runs and arrivals, messages with how they went out, what people chose; what-ifs."""

from guiyan.outreach.models.arrival import Arrival, ArrivalFile, ArrivalMeasure
from guiyan.outreach.models.message import ChannelChoice, Delivery, Message, Telling
from guiyan.outreach.models.run import AudienceRow, CountyCount, MatchPiece, MatchRun, MissingFact
from guiyan.outreach.models.whatif import WhatIfRun

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
    "WhatIfRun",
]
