/**
 * Sentences for what the engine gives as a code with arguments.
 *
 * One file a language in pkg/messages, which `windowshop replay` reads too. A message may have another form for a count
 * of one, under `.one` behind its key.
 */

import { part } from './failing.js';
import type { Language } from './types.js';

/** The messages of one language, by key. */
export type Messages = Record<string, string>;

/** The language asked for, else the first that the browser's list names, else the shop's first. */
export function pickLanguage(offered: Language[], asked: Language | undefined): Language | undefined {
  const plain = (language: Language) => language.toLowerCase().replace('_', '-');
  const wanted = asked ? [asked] : (globalThis.navigator?.languages ?? []);
  for (const language of wanted.map(plain)) {
    const found = offered.find((one) => plain(one) === language) ?? offered.find((one) => plain(one).split('-')[0] === language.split('-')[0]);
    if (found) return found;
  }
  return offered[0];
}

/** The messages of a language, each fetched only where it is spoken: `zh-CN` speaks `zh`, and what has none of its own English. */
export async function messagesOf(language: Language): Promise<Messages> {
  return (await part<{ messages: Messages }>(/^zh/i.test(language) ? import('./messages-zh.js') : import('./messages-en.js'))).messages;
}

/** Says the sentence of a key and its arguments; the key itself where the file lacks it, so that a gap is seen. */
export type Sentence = (key: string, given: Record<string, string | number | undefined>) => string;

/** The sentences of one language. Each message is taken apart once, into a text, the name of an argument, a text, and so on. */
export function sentencesOf(messages: Messages): Sentence {
  const apart = (message: string) => message.split(/\{(\w+)\}/);
  const known = new Map(Object.entries(messages).map(([key, message]) => [key, apart(message)]));
  return (key, given) => {
    const parts = (given['count'] === 1 && known.get(`${key}.one`)) || (known.get(key) ?? apart(key));
    let said = '';
    parts.forEach((part, at) => (said += at % 2 ? (given[part] ?? '') : part));
    return said;
  };
}
