-- What the endpoint keeps. There is no column for who sent, when, or from where.

-- Ids of reports counted lately (16 bytes of chance), so that one sent twice counts once.
CREATE TABLE counted (
  id   BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  week INTEGER NOT NULL                -- weeks since the week of 1970-01-01
) WITHOUT ROWID;
CREATE INDEX counted_by_week ON counted (week);

-- How many reports support each answer of a question's edition in a week.
CREATE TABLE tallies (
  question TEXT    NOT NULL,
  week     INTEGER NOT NULL,
  edition  TEXT    NOT NULL,
  reports  INTEGER NOT NULL CHECK (reports >= 0),
  counts   BLOB    NOT NULL,           -- a little-endian 64-bit integer for each answer
  PRIMARY KEY (question, week, edition)
) WITHOUT ROWID;

-- The questions as they were asked, answers listed out.
CREATE TABLE editions (
  question   TEXT NOT NULL,
  edition    TEXT NOT NULL,
  definition TEXT NOT NULL,            -- JSON
  PRIMARY KEY (question, edition)
) WITHOUT ROWID;

-- One row that /healthz writes, to show that writing works.
CREATE TABLE health (
  one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  beats INTEGER NOT NULL
);
INSERT INTO health (one, beats) VALUES (1, 0);
