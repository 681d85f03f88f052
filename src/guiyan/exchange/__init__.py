"""Exchange: entries that go to another system like this one, and come from it, as signed and sealed files.

Owns partners, packages and the log of what went where. Reads entries and hands files in through registers.
"""
