-- What the endpoint keeps, in a schema of its own. There is no column for who sent, when, or from where.
-- Texts are compared by their bytes, so that every database sorts them alike.

-- Ids of reports counted lately (16 bytes of chance), so that one sent twice counts once. They lie by week, and a week is
-- forgotten in one piece.
CREATE TABLE counted (
  week bigint NOT NULL,                       -- weeks since the week of 1970-01-01
  id   bytea  NOT NULL CHECK (octet_length(id) = 16),
  PRIMARY KEY (week, id)
);

-- The week before which ids are forgotten: nothing more is counted for one of those, or it could be counted twice.
CREATE TABLE forgotten (
  one  integer NOT NULL PRIMARY KEY CHECK (one = 1),
  week bigint  NOT NULL
);
INSERT INTO forgotten (one, week) VALUES (1, 0);

-- How many reports support each answer of a question's edition in a week. Rows change with every commit: half of each page
-- is left free, so that they change in place.
CREATE TABLE tallies (
  question text     COLLATE "C" NOT NULL,
  week     bigint   NOT NULL,
  edition  text     COLLATE "C" NOT NULL,
  reports  bigint   NOT NULL CHECK (reports >= 0),
  counts   bigint[] NOT NULL,                 -- one for each answer
  PRIMARY KEY (question, week, edition)
) WITH (fillfactor = 50);

-- What was told last of each tally. It is told anew when enough reports have come since, so that two tellings never differ by
-- a few reports.
CREATE TABLE released (
  question text     COLLATE "C" NOT NULL,
  week     bigint   NOT NULL,
  edition  text     COLLATE "C" NOT NULL,
  reports  bigint   NOT NULL,
  counts   bigint[] NOT NULL,
  PRIMARY KEY (question, week, edition)
);

-- The questions as they were asked, answers listed out.
CREATE TABLE editions (
  question   text COLLATE "C" NOT NULL,
  edition    text COLLATE "C" NOT NULL,
  definition text NOT NULL,                   -- JSON
  PRIMARY KEY (question, edition)
);

-- One row that /healthz writes, to show that writing works.
CREATE TABLE health (
  one   integer NOT NULL PRIMARY KEY CHECK (one = 1),
  beats bigint  NOT NULL
) WITH (fillfactor = 50);
INSERT INTO health (one, beats) VALUES (1, 0);
