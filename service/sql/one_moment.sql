-- Let all statements of this transaction see what the first of them sees.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
