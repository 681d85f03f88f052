"""政策一本通: the live library as a booklet to print and hand out, as PDF and as Word."""
