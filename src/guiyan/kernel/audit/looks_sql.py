"""The trigger that notes, for each reading that is logged, whom it was of."""

from __future__ import annotations

FUNCTION = """
CREATE FUNCTION audit_note_looks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_look (target, several, entry_id)
  SELECT DISTINCT one, cardinality(NEW.targets) > 1, NEW.id FROM unnest(NEW.targets) AS one;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_note_looks AFTER INSERT ON audit_entry
  FOR EACH ROW WHEN (NEW.action LIKE 'read:%') EXECUTE FUNCTION audit_note_looks();
"""
UNDO = "DROP TRIGGER audit_note_looks ON audit_entry; DROP FUNCTION audit_note_looks();"
EARLIER = """
SELECT set_config('guiyan.audit', 'on', true);
INSERT INTO audit_look (target, several, entry_id)
SELECT DISTINCT one, cardinality(e.targets) > 1, e.id
FROM audit_entry e, unnest(e.targets) AS one WHERE e.action LIKE 'read:%';
SELECT set_config('guiyan.audit', '', true);
"""
