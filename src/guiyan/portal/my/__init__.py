"""我的: a resident's own cases, messages and mandates. Nobody else's are found here."""
