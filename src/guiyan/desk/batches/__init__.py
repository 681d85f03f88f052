"""Batches at the desk: summing up, rechecking, signing, printing."""
