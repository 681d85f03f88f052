"""Data of other bureaus: what there is, who may use it for what until when, and that nothing else happens with it."""
