"""Sample people and firms: invented, plausible, the same for the same seed. None of them exists.

Their numbers say so: identity numbers and credit codes carry the county code 421299, which was never given out,
and phones begin with 154, which no operator uses for people.
"""
