"""Who has no specialist or mentor yet (未配对), town by town; giving many at once as previewed, and taking it back."""
