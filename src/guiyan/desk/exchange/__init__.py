"""上下交换: what went to other systems and came from them, as files and by API."""
