// Claims 5 and 6: nothing that a shopper did or looked at leaves the tab, and two opposite shoppers cannot be told apart by
// what they ask for.
import { isDeepStrictEqual } from 'node:util';
import { hold, need } from './common.mjs';
import { DIGITS as MARK_DIGITS, searcher } from './marks.mjs';
import { walk } from './walk.mjs';

/** What the line of the claim says of the exception. */
const ORDER = 'its items with sizes and quantities, the code that counts (a refused one stayed), what is to be paid and shipping, the pack’s state, a number of chance';

const words = (found) => `${found.how}: …${found.around}…`;

/** Every text of a request that may carry something. */
const partsOf = ({ url = '', path = '', headers = {}, body = '' }) => [url, path, ...Object.entries(headers).flat().map(String), body];

/** Whether a request holds a mark, and how. */
const betrayedBy = (search, request) => partsOf(request).map((part) => search(part)).find(Boolean);

/** How much of what stands beside a mark tells where it stands: more than what is between two marks of a list. */
const BESIDE = 12;

/**
 * Every mark in a file's bytes, once with what stands before it and once with what stands behind: in the list of a question
 * that is a mark's neighbour. A page of the database may end on one side of it, wherever the list lies in the file this time.
 */
function stretches(stem, bytes) {
  const text = bytes.toString('latin1').toLowerCase();
  const found = [];
  for (let at = text.indexOf(stem); at >= 0; at = text.indexOf(stem, at + 1)) {
    const end = at + stem.length + MARK_DIGITS;
    found.push({ before: text.slice(at - BESIDE, end), behind: text.slice(at - 1, end + BESIDE) });
  }
  return found;
}

/** That the two exceptions made two requests, and that the order is what was clicked, field by field. Gives its body. */
function orderAlone({ asked, order }) {
  const [survey, post, ...more] = asked;
  hold(more.length === 0 && `${survey?.method} ${survey?.path} ${survey?.body}` === 'GET /v1/survey ' && `${post?.method} ${post?.path}` === 'POST /demo/orders', `what everybody said and an order are two requests, and not ${JSON.stringify(asked)}`);
  const { order: id, ...rest } = JSON.parse(post.body);
  hold(/^demo-[0-9a-z]+-[0-9a-z]+$/.test(id), `an order is called ${id}`);
  hold(isDeepStrictEqual(rest, order), `an order holds ${JSON.stringify(rest)}, and has to be ${JSON.stringify(order)}`);
  return post.body;
}

/** No mark is in any request, table, write-ahead file or log, and the same search finds those that were planted. */
export async function noMarks(root, options) {
  const { stem, deeds, views, loud, quiet, proxy, started, files, after, allowed, controls, bytes } = await walk(root, options);
  const search = searcher(stem);

  // The search first: what was planted is found by every recorder, or nothing that it does not find means anything.
  const about = (list, name) => list.filter(({ path = '' }) => decodeURIComponent(path).includes(`/control?${name}`));
  for (const name of controls.names) {
    for (const recorder of ['protocol', 'proxy']) {
      const asked = about(controls[recorder], name);
      hold(asked.length > 0 && asked.some((request) => betrayedBy(search, request)), `the control planted as '${name}' was not found by the ${recorder}`);
    }
  }
  const [sent] = bytes;
  hold(sent.streams.some((stream) => search(stream)), 'the controls were not found among the bytes of the sockets');

  for (const [who, requests] of Object.entries({ 'the browser’s protocol': [...loud, ...quiet], 'the proxy': proxy })) {
    need(requests.length > 30, `${who} saw hardly a request`);
    for (const request of requests) {
      const found = betrayedBy(search, request);
      hold(!found, found && `a mark leaves the tab, seen by ${who}: ${request.method ?? 'headers of'} ${request.path ?? 'a request'}, ${words(found)}`);
      hold(!(request.cookies?.length > 0), `a cookie leaves the tab: ${JSON.stringify(request.cookies)}`);
    }
  }
  const ordered = orderAlone(allowed);

  // Byte for byte, up to the controls, which came last; the order by itself is what was just compared.
  let orders = 0;
  for (const { streams, hosts } of bytes) {
    for (const stream of streams) {
      for (const piece of stream.toString('latin1').split(/(?=(?:GET|POST) \/[^ ]* HTTP\/1\.1\r\n)/)) {
        if (/^(?:GET|POST) \/control/.test(piece)) break;
        if (/^POST \/demo\/orders /.test(piece)) {
          const [head, body] = piece.split('\r\n\r\n');
          hold(!search(Buffer.from(head, 'latin1')) && body === ordered, `the order that left the tab is not the one that was asked for: ${piece.slice(-400)}`);
          orders += 1;
          continue;
        }
        const found = search(Buffer.from(piece, 'latin1'));
        hold(!found, found && `a mark is among the bytes of a socket, ${words(found)}`);
      }
    }
    for (const host of hosts) hold(!search(host), `a mark is in a name that was looked up: ${host}`);
  }

  hold(orders === 1, `${orders} orders left by the sockets, and one was clicked`);

  let reports = 0;
  for (const { method, path, body, status } of proxy) {
    if (method !== 'POST') continue;
    hold(path === '/v1/reports', `the storefront sent something to ${path}`);
    hold(Object.keys(JSON.parse(body)).join() === 'question,week,id,answer', `a report holds more than it may: ${body}`);
    hold(status === 202, `a report was answered with ${status}`);
    reports += 1;
  }
  hold(reports === 4, `two shoppers in two weeks make four reports, and ${reports} came`);

  const known = new Set(stretches(stem, Buffer.concat(Object.values(started.data))).flatMap(Object.values));
  for (const state of [files, after]) {
    hold(Object.keys(state.data).some((name) => name.endsWith('-wal')), 'there is no write-ahead file to look at');
    for (const [name, content] of Object.entries(state.data)) {
      // Questions name the pack's coming brands, for everybody, from the start. Nothing else may.
      const fresh = stretches(stem, content).find(({ before, behind }) => !known.has(before) && !known.has(behind));
      hold(fresh === undefined, `${name} of the endpoint holds a mark: ${fresh?.before} ${fresh?.behind}`);
      const rest = content.toString('latin1').replaceAll(new RegExp(stem, 'gi'), '');
      const found = search(Buffer.from(rest, 'latin1'));
      hold(!found, found && `${name} of the endpoint holds a mark, ${words(found)}`);
    }
  }
  // The search of files itself: a mark out of the list, as a report or an address would hold it, is known by neither side.
  for (const mark of [...known].filter((stretch) => stretch.indexOf(stem) > 1).map((stretch) => stretch.slice(stretch.indexOf(stem) - 1))) {
    const [{ before, behind }, ...more] = stretches(stem, Buffer.from(`{"answer":{"brand":"${mark}"},"item":"and no more"}`));
    hold(more.length === 0 && !known.has(before) && !known.has(behind), `${mark} out of its list would not be noticed`);
  }
  const log = files.log.toString();
  need(/TRACE|DEBUG/.test(log), 'the endpoint’s log is not at its most talkative');
  const told = search(files.log);
  hold(!told, told && `the endpoint’s log holds a mark, ${words(told)}`);

  const { items, sales, searches, bag, reminders, dismissals, codes } = deeds.done;
  return `${views} page views (${items} items, ${sales} sales, ${searches} searches; ${bag} into the bag, ${reminders} reminders, ${dismissals} dismissals, ${codes} codes typed), ${proxy.length} requests and ${reports} reports without a mark; ${controls.names.length} wrappings found where they were planted. Besides, on the click, one order: ${ORDER}`;
}

/** The script that reads exports: every page asks for it five seconds after it began, so that one that is left sooner does not. */
const BY_THE_CLOCK = /\/imported-[\w-]+\.js/;

/**
 * What somebody on the way can see of requests: kind, address and length, page by page. What a page fetches side by side while
 * it is built comes in the order in which this machine got round to it, and is put in one; what is sent follows behind.
 */
function outside(requests) {
  const pages = [];
  for (const { extra, type, method, path, body } of requests) {
    if (extra || BY_THE_CLOCK.test(path)) continue;
    if (type === 'Document' || pages.length === 0) pages.push({ fetched: [], sent: [] });
    pages.at(-1)[method === 'GET' ? 'fetched' : 'sent'].push(`${method} ${path} ${body.length}`);
  }
  return pages.flatMap(({ fetched, sent }) => [...fetched.sort(), ...sent]);
}

/** Two opposite shoppers make the same requests in the storefront too, page by page, until the checkout. */
export async function sameRequests(root, options) {
  const { loud, quiet, views } = await walk(root, options);
  for (const requests of [loud, quiet]) need(requests.some(({ path }) => BY_THE_CLOCK.test(path)), 'nobody stayed until the script came that reads exports');
  const [one, other] = [outside(loud), outside(quiet)];
  for (const [at, request] of one.entries()) hold(request === other[at], `request ${at} of a shopper of ${views} page views is ${request}, and of one who looked at one thing ${other[at] ?? 'none'}`);
  hold(one.length === other.length, `a shopper who looked at one thing asks for ${other[one.length]} besides`);
  return `${one.length} requests of a shopper of ${views} page views, and the same of one who looked at one thing. Besides, when they do it: an order on the click of the checkout, GET /v1/survey when the page of what everybody said is opened`;
}
