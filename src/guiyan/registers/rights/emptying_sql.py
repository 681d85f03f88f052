"""How a report that nobody may change is emptied: by the owner's function, only of subjects decided to be erased."""

from __future__ import annotations

FUNCTION = """
CREATE FUNCTION registers_empty_reports(who bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE done integer;
BEGIN
  UPDATE registers_assertion a
  SET fields = (SELECT coalesce(jsonb_object_agg(name, NULL), '{}'::jsonb) FROM jsonb_object_keys(a.fields) name),
      basis = '', digest = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
  WHERE a.subject_id = ANY(who)
    AND EXISTS (SELECT FROM registers_block b WHERE b.subject_id = a.subject_id AND b.erased AND b.lifted_at IS NULL);
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END $$;
CREATE POLICY emptied_by_owner ON registers_assertion FOR UPDATE TO CURRENT_USER
  USING (EXISTS (SELECT FROM registers_block b WHERE b.subject_id = registers_assertion.subject_id AND b.erased));
"""
UNDO = """
DROP POLICY emptied_by_owner ON registers_assertion;
DROP FUNCTION registers_empty_reports(bigint[]);
"""
NOTES = """
CREATE FUNCTION registers_empty_notes(which bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE done integer;
BEGIN
  UPDATE registers_answernote n SET text = ''
  WHERE n.subject_id = ANY(which)
    AND EXISTS (SELECT FROM registers_block b WHERE b.subject_id = n.subject_id AND b.erased AND b.lifted_at IS NULL);
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END $$;
CREATE POLICY emptied_by_owner ON registers_answernote FOR UPDATE TO CURRENT_USER
  USING (EXISTS (SELECT FROM registers_block b WHERE b.subject_id = registers_answernote.subject_id AND b.erased));
"""
NOTES_UNDO = """
DROP POLICY emptied_by_owner ON registers_answernote;
DROP FUNCTION registers_empty_notes(bigint[]);
"""
