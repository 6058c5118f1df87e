-- Ids lie by week: those of a day are near each other, and a week is forgotten in one piece. What is written for a report
-- is one page instead of two.
CREATE TABLE counted_anew (
  week INTEGER NOT NULL,               -- weeks since the week of 1970-01-01
  id   BLOB    NOT NULL CHECK (length(id) = 16),
  PRIMARY KEY (week, id)
) WITHOUT ROWID;
INSERT INTO counted_anew (week, id) SELECT week, id FROM counted;
DROP TABLE counted;
ALTER TABLE counted_anew RENAME TO counted;

-- The week before which ids are forgotten: nothing more is counted for one of those, or it could be counted twice.
CREATE TABLE forgotten (
  one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  week INTEGER NOT NULL
);
INSERT INTO forgotten (one, week) VALUES (1, 0);
