-- What was told last of each tally. It is told anew when enough reports have come since, so that two tellings never differ by
-- a few reports.
CREATE TABLE released (
  question TEXT    NOT NULL,
  week     INTEGER NOT NULL,
  edition  TEXT    NOT NULL,
  reports  INTEGER NOT NULL,
  counts   BLOB    NOT NULL,
  PRIMARY KEY (question, week, edition)
) WITHOUT ROWID;
