"""The SQL that keeps balances: the only thing in the database that may write `ledger_account.balance_fen`."""

FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_post_balances() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wanted integer;
    locked integer;
BEGIN
    SELECT count(*) INTO wanted
      FROM (SELECT debit_id FROM posted UNION SELECT credit_id FROM posted) AS touched;
    -- In id order, so that two postings over the same accounts never wait for each other in a circle.
    SELECT count(*) INTO locked FROM (
        SELECT id FROM ledger_account
         WHERE id IN (SELECT debit_id FROM posted UNION SELECT credit_id FROM posted)
         ORDER BY id FOR UPDATE) AS held;
    IF wanted <> locked THEN
        RAISE EXCEPTION 'ledger: % of % accounts are outside the scope', wanted - locked, wanted;
    END IF;
    UPDATE ledger_account AS account
       SET balance_fen = account.balance_fen + moved.net
      FROM (SELECT id, sum(net)::bigint AS net FROM (
                SELECT credit_id AS id, amount_fen AS net FROM posted
                UNION ALL
                SELECT debit_id, -amount_fen FROM posted) AS legs
             GROUP BY id) AS moved
     WHERE account.id = moved.id;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_transfer_posts AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_post_balances();

ALTER TABLE ledger_transfer
    ADD CONSTRAINT ledger_transfer_debit_currency
        FOREIGN KEY (debit_id, currency) REFERENCES ledger_account (id, currency),
    ADD CONSTRAINT ledger_transfer_credit_currency
        FOREIGN KEY (credit_id, currency) REFERENCES ledger_account (id, currency);
"""

UNDO = """
ALTER TABLE ledger_transfer
    DROP CONSTRAINT ledger_transfer_debit_currency, DROP CONSTRAINT ledger_transfer_credit_currency;
DROP TRIGGER ledger_transfer_posts ON ledger_transfer;
DROP FUNCTION ledger_post_balances();
"""
