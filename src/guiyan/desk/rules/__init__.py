"""规则台: a measure is drawn from facts, operators and values, tried on golden cases and on the city's last facts,
proposed, and put in force by a second person."""
