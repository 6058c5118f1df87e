-- What was granted at checkouts. A file of its own: nothing here can be joined with a report.

-- Promotions that are limited, and what is used of them.
CREATE TABLE campaigns (
  promotion   TEXT    NOT NULL PRIMARY KEY,
  key         BLOB    CHECK (key IS NULL OR length(key) = 32), -- gone when the campaign has ended
  closes      INTEGER,                                         -- UTC milliseconds; none: it goes on
  per_account INTEGER,                                         -- uses of one account; none: no limit
  budget_uses INTEGER,
  budget_spent INTEGER,                                        -- minor units
  uses        INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  spent       INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0)
) WITHOUT ROWID;

-- Orders that something was granted to, by the shop's own number.
CREATE TABLE orders (
  id         TEXT    NOT NULL PRIMARY KEY,
  day        INTEGER NOT NULL,                                 -- days since 1970-01-01, UTC
  given_back INTEGER NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1))
) WITHOUT ROWID;

-- What each order was granted, and what was left then.
CREATE TABLE grants (
  order_id    TEXT    NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  promotion   TEXT    NOT NULL,
  amount      INTEGER NOT NULL CHECK (amount >= 0),            -- minor units
  nullifier   BLOB    CHECK (nullifier IS NULL OR length(nullifier) = 32),
  uses_left   INTEGER,                                         -- of the account
  budget_left INTEGER,                                         -- uses or minor units, as the budget is counted
  PRIMARY KEY (order_id, promotion)
) WITHOUT ROWID;
CREATE INDEX grants_by_nullifier ON grants (promotion, nullifier) WHERE nullifier IS NOT NULL;
