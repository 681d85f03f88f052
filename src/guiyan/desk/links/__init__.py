"""Whether two records are one person (同人核对): pairs that wait, side by side, merging by hand, taking apart."""
