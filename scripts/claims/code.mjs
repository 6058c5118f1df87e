// Claim 18: what a script that ships may not hold. The script is parsed, and every place is looked at that names `eval`, the
// constructor of functions or `Math.random`, however it is written: as a name, as a member of whatever object, under a key that
// is put together of texts, taken out by destructuring, or handed over as a text.
//
// What no reader of a script can decide is not decided here: a key or a function that is worked out while it runs. The policy
// that the endpoint sends (`script-src` without 'unsafe-eval') refuses code from text in the browser whatever this finds.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { hold, need, shipped } from './common.mjs';

const TEXT_TO_CODE = ['eval', 'Function'];
const GLOBALS = ['globalThis', 'window', 'self'];
const TIMERS = ['setTimeout', 'setInterval'];
/** What a timer may be given: a function, or a name of one. */
const CALLED_BACK = ['ArrowFunctionExpression', 'FunctionExpression', 'Identifier', 'MemberExpression'];

/** The text that an expression of texts alone comes to. */
function folded(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [folded(node.left), folded(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (node?.type !== 'TemplateLiteral') return undefined;
  const parts = node.quasis.flatMap(({ value }, at) => [value.cooked, ...(at < node.expressions.length ? [folded(node.expressions[at])] : [])]);
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The key of a member or a property, where it is known. */
const keyOf = ({ computed, property, key }) => {
  const named = property ?? key;
  return computed || named.type === 'Literal' ? folded(named) : named.name;
};

/** An expression without what only stands around it: brackets, commas, optional chains. */
function bare(node) {
  if (node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression') return bare(node.expression);
  return node.type === 'SequenceExpression' ? bare(node.expressions.at(-1)) : node;
}

/** Whether a node is a member of this name. */
const isMember = (node, name) => node?.type === 'MemberExpression' && keyOf(node) === name;

/** The one call of a member named constructor that is known: Preact's, of a component without a class, which hands on what it was given. */
function isPreacts(call, parents) {
  const [back, block, made] = parents.slice(-3).reverse();
  return (
    call.type === 'CallExpression' && call.callee.object?.type === 'ThisExpression' &&
    back?.type === 'ReturnStatement' && block?.body?.length === 1 && made?.type === 'FunctionDeclaration' &&
    call.arguments.length === 2 && call.arguments.every(({ type, name }) => type === 'Identifier' && made.params.some((param) => param.name === name))
  );
}

/** What a node has that it may not have; nothing where it is fine. */
function wrongWith(node, parents) {
  const parent = parents.at(-1);
  switch (node.type) {
    case 'Identifier': {
      const isKey = (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) || (parent?.key === node && !parent.computed && !parent.shorthand);
      if (isKey) return undefined;
      if (TEXT_TO_CODE.includes(node.name)) return node.name;
      return node.name === 'Math' ? wrongWithMath(node, parent) : undefined;
    }
    case 'MemberExpression': {
      const key = keyOf(node);
      if (TEXT_TO_CODE.includes(key)) return key;
      if (key === undefined && node.computed && GLOBALS.includes(node.object.name)) return 'a member of the global object that cannot be known';
      if (key === 'Math') return wrongWithMath(node, parent);
      return isMember(bare(node.object), 'constructor') && ['call', 'apply', 'bind', 'constructor'].includes(key) ? 'a constructor that is called' : undefined;
    }
    case 'ObjectPattern': {
      const taken = node.properties.filter(({ type }) => type === 'Property').map(keyOf);
      return taken.find((key) => [...TEXT_TO_CODE, 'Math', 'constructor', 'random'].includes(key)) && 'destructuring that takes out what may not be had';
    }
    case 'NewExpression':
    case 'CallExpression':
      return wrongWithCall(node, parents);
    case 'ImportExpression':
      // The empty text is what the sealed worker tries, to see that it is refused.
      return /^\.{0,2}\/|^node:|^data:text\/javascript,$/.test(folded(node.source) ?? '') ? undefined : 'import() of what cannot be known';
    default:
      return undefined;
  }
}

/** `Math` may be had member by member alone, and not that one. */
function wrongWithMath(node, parent) {
  if (parent?.type === 'MemberExpression' && parent.object === node) {
    const key = keyOf(parent);
    return key === 'random' ? 'Math.random' : key === undefined ? 'a member of Math that cannot be known' : undefined;
  }
  // Taken apart at once: which members it takes is looked at there, and no rest may be among them.
  const apart = parent?.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'ObjectPattern' && parent.id;
  return apart && apart.properties.every((property) => property.type === 'Property' && keyOf(property) !== undefined) ? undefined : 'Math as a whole';
}

function wrongWithCall(node, parents) {
  const callee = bare(node.callee);
  if (isMember(callee, 'constructor') && !isPreacts(node, parents)) return 'a constructor that is called';
  for (const argument of node.arguments) {
    if (TEXT_TO_CODE.includes(folded(argument))) return `the text '${folded(argument)}' handed over`;
    if (isMember(bare(argument), 'constructor')) return 'a constructor that is handed over';
  }
  const timer = callee.type === 'MemberExpression' ? keyOf(callee) : callee.name;
  if (TIMERS.includes(timer) && node.arguments.length > 0 && !CALLED_BACK.includes(bare(node.arguments[0]).type)) return `${timer} of what is no function`;
  return undefined;
}

/** The first thing that a script may not have, with where it stands. */
export function wrongIn(text) {
  const parents = [];
  const look = (node) => {
    if (Array.isArray(node)) {
      for (const one of node) {
        const wrong = look(one);
        if (wrong) return wrong;
      }
      return undefined;
    }
    if (typeof node?.type !== 'string') return undefined;
    const what = wrongWith(node, parents);
    if (what) return `${what}: …${text.slice(Math.max(0, node.start - 30), node.end + 30).replace(/\s+/g, ' ').slice(0, 160)}…`;
    parents.push(node);
    for (const key in node) {
      const wrong = key !== 'parent' && typeof node[key] === 'object' ? look(node[key]) : undefined;
      if (wrong) return wrong;
    }
    parents.pop();
    return undefined;
  };
  return look(parseAst(text).body);
}

/** Nothing makes chance that is not the browser's own, or code from text: in any script of the package or the storefront. */
export function noTricks(root) {
  const files = shipped(root);
  need(files.length > 4, 'neither the package nor the storefront is built');
  for (const file of files) {
    const wrong = wrongIn(readFileSync(file, 'utf8'));
    hold(!wrong, `${basename(file)} has ${wrong}`);
  }
  const page = readFileSync(join(root, 'www/dist/index.html'), 'utf8');
  for (const [tag, inner] of [...page.matchAll(/<script\b([^>]*)>([^]*?)<\/script/gi)].map(([, tag, inner]) => [tag, inner.trim()])) {
    hold(/\bsrc=/.test(tag) && inner === '', `the page holds a script by itself: ${inner.slice(0, 80)}`);
  }
  return `${files.length} scripts, parsed`;
}
