"""One person, one file (一人一档): what is known, what may be had, what was done, who helps; and writing a service."""
