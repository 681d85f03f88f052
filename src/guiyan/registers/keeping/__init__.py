"""What officers do with single entries: write them down, change them, decide their level, take them out as a file."""
