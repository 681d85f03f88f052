"""Files in: registers' spreadsheets and lists for comparison, with every fault named by row and column."""
