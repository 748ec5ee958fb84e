-- Members are found by their payroll number with and without the zeros before it.
CREATE INDEX members_by_significant_ppr ON members (ltrim(ppr, '0'));
