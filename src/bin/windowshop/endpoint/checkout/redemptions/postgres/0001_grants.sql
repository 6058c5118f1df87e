-- What was granted at checkouts. A schema of its own: nothing here can be joined with a report.
-- Texts are compared by their bytes, so that rows are locked in the order in which this program sorts them.

-- Promotions that are limited, and what is used of them. Rows change with every grant: half of each page is left free.
CREATE TABLE campaigns (
  promotion    text   COLLATE "C" NOT NULL PRIMARY KEY,
  key          bytea  CHECK (key IS NULL OR octet_length(key) = 32), -- gone when the campaign has ended
  closes       bigint,                                               -- UTC milliseconds; none: it goes on
  per_account  bigint,                                               -- uses of one account; none: no limit
  budget_uses  bigint,
  budget_spent bigint,                                               -- minor units
  uses         bigint NOT NULL DEFAULT 0 CHECK (uses >= 0),
  spent        bigint NOT NULL DEFAULT 0 CHECK (spent >= 0)
) WITH (fillfactor = 50);

-- Orders that something was granted to, by the shop's own number.
CREATE TABLE orders (
  id         text    COLLATE "C" NOT NULL PRIMARY KEY,
  day        bigint  NOT NULL,                                       -- days since 1970-01-01, UTC
  given_back boolean NOT NULL DEFAULT false
);
CREATE INDEX orders_by_day ON orders (day);

-- What each order was granted, and what was left then.
CREATE TABLE grants (
  order_id    text   COLLATE "C" NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  promotion   text   COLLATE "C" NOT NULL,
  amount      bigint NOT NULL CHECK (amount >= 0),                   -- minor units
  nullifier   bytea  CHECK (nullifier IS NULL OR octet_length(nullifier) = 32),
  uses_left   bigint,                                                -- of the account
  budget_left bigint,                                                -- uses or minor units, as the budget is counted
  PRIMARY KEY (order_id, promotion)
);
CREATE INDEX grants_by_nullifier ON grants (promotion, nullifier) WHERE nullifier IS NOT NULL;
