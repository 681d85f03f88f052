"""一件事: several items applied for with one form, from the choice to the receipt."""
