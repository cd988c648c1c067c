-- What a bank was imported from and became, as a digest (drill.storage.imported_as): the same again changes nothing.
ALTER TABLE banks ADD COLUMN imported_as TEXT;
