// Every claim that a reviewer can have shown, each with the check that shows it: a function of the root that is audited. What
// it gives back stands behind the claim; what it throws is why the claim does not hold.
import { noPlaces, sameBytes } from './bytes.mjs';
import { noTricks } from './code.mjs';
import { browser, often, rust, script } from './common.mjs';
import { epsilonHolds } from './epsilon.mjs';
import { noMarks, sameRequests } from './requests.mjs';
import { allStored } from './storage.mjs';
import { supply } from './supply.mjs';

// The engine's own tests and the laws need nothing of the command, and are compiled without it.
const LIB = ['--no-default-features', '--lib'];
const LAWS = ['--no-default-features', '--test', 'laws'];
const BIN = ['--bin', 'windowshop'];
const ENDPOINT = ['--test', 'endpoint'];

/** Claims by number: what is claimed, and its checks by name, the quick ones first. */
export const claims = [
  {
    number: 1,
    claim: 'every import of the module stands in the golden file with its glue, and none reaches out',
    checks: { seal: (root) => script(root, 'tests/seal.test.ts') },
  },
  { number: 2, claim: 'two builds in two folders are the same bytes', checks: { bytes: sameBytes } },
  { number: 3, claim: 'the module names no place where it was built', checks: { places: noPlaces } },
  {
    number: 4,
    claim: 'nothing can be fetched or sent from within the sealed worker, an open one is refused, and both engines answer alike',
    checks: { worker: (root) => browser(root, 'sealed.test.ts') },
  },
  { number: 5, claim: 'nothing that is looked at, typed or done is in any request, or in what the endpoint keeps or says; but for an order, on the click of the checkout, which holds the bag alone', checks: { marks: noMarks } },
  {
    number: 6,
    claim: 'two opposite shoppers ask for the same, in number, order and size, by the package and in the storefront; but for who orders, opens what everybody said, or brings a file of memory back',
    checks: { package: (root) => script(root, 'tests/requests.test.ts'), language: (root) => browser(root, 'language.test.ts'), storefront: sameRequests },
  },
  {
    number: 7,
    claim: 'no disguise says more than its ε: by the integer thresholds, by a million draws of their source, and by samples of the module',
    checks: {
      thresholds: (root) => rust(root, LIB, 'the_exact_epsilon_never_exceeds', 'disguises_support_answers_as_often'),
      draws: (root) => rust(root, [...LIB, '--run-ignored', 'all'], 'a_million_disguises_tell_no_more_than_is_claimed'),
      module: epsilonHolds,
    },
  },
  {
    number: 8,
    claim: 'the same week, truth and secret give the same bytes',
    checks: { engine: (root) => rust(root, LIB, 'a_report_is_made_once_a_week', 'a_weeks_report_is_made_once'), package: (root) => script(root, 'tests/reports.test.ts', 'two tabs send one report|what is shown is what goes') },
  },
  { number: 9, claim: 'the budget is never exceeded, whatever tabs, clocks and old copies do, in a hundred thousand histories', checks: { budget: (root) => often(root, 100_000, LIB, 'the_budget_is_never_exceeded', 'a_spent_budget_says_so') } },
  { number: 10, claim: 'all that is stored is shown, erasing leaves the choice alone, and a browser killed while it erases has all of it or nothing', checks: { storage: allStored } },
  {
    number: 11,
    claim: 'before consent no byte is stored and nothing is reported',
    checks: { keeping: (root) => script(root, 'tests/keeping.test.ts'), reports: (root) => script(root, 'tests/reports.test.ts', 'nothing leaves') },
  },
  { number: 12, claim: 'nothing is reported after opting out, after a wipe, or under Global Privacy Control', checks: { reports: (root) => script(root, 'tests/reports.test.ts') } },
  {
    number: 13,
    claim: 'what is too old is gone from the stores themselves when the shop is opened, and from the endpoint',
    checks: { stores: (root) => script(root, 'tests/retention.test.ts'), endpoint: (root) => rust(root, BIN, 'reports_count_once_all_or_none_and_outlive_the_process', 'at_its_end_a_campaign_forgets_who') },
  },
  {
    number: 14,
    claim: 'receipts do not depend on memory',
    checks: { rooms: (root) => rust(root, LAWS, 'rooms_know_only_what_stands_below'), receipts: (root) => rust(root, LIB, 'two_opposite_shoppers') },
  },
  { number: 15, claim: 'a thousand decisions are the same natively and in the module', checks: { decisions: (root) => script(root, 'tests/one-answer.test.ts') } },
  {
    number: 16,
    claim: 'no table and no log of the endpoint knows of a sender',
    checks: { columns: (root) => rust(root, BIN, 'no_column_is_about_a_sender'), files: (root) => rust(root, ENDPOINT, 'nothing_of_a_sender_is_kept') },
  },
  { number: 17, claim: 'dependencies are licensed, from one registry, and few reach the browser', checks: { supply } },
  { number: 18, claim: 'no script that ships draws from Math.random, or makes code from text: eval, the constructor of functions, a timer that is given a text, import() of an address that is worked out', checks: { tricks: noTricks } },
];

/** Claims that nothing shows yet. */
export const unshown = [];
