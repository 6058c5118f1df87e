/**
 * Sentences for what the engine gives as a code with arguments.
 *
 * One file a language in pkg/messages, which `windowshop replay` reads too. A message may have another form for a count
 * of one, under `.one` behind its key.
 */

import type { Language } from './types.js';

/** The messages of one language, by key. */
export type Messages = Record<string, string>;

/** The languages that have messages, each fetched only where it is spoken. The first serves those that have none. */
const LANGUAGES: Record<string, () => Promise<{ messages: Messages }>> = {
  en: () => import('./messages-en.js'),
  zh: () => import('./messages-zh.js'),
};

/** The messages of a language, or of the first where it has none of its own: `zh-CN` speaks `zh`. */
export async function messagesOf(language: Language): Promise<Messages> {
  const load = LANGUAGES[language] ?? LANGUAGES[language.split('-')[0] ?? ''] ?? LANGUAGES['en'];
  return load ? (await load()).messages : {};
}

/** Says the sentence of a key and its arguments; the key itself where the file lacks it, so that a gap is seen. */
export type Sentence = (key: string, given: Record<string, string | number | undefined>) => string;

/** The sentences of one language. Each message is taken apart once. */
export function sentencesOf(messages: Messages): Sentence {
  /** By key, for any count and for a count of one: text, name of an argument, text, and so on. */
  const known = new Map<string, string[][]>();
  return (key, given) => {
    let forms = known.get(key);
    if (!forms) {
      const any = messages[key] ?? key;
      forms = [any, messages[`${key}.one`] ?? any].map((message) => message.split(/\{(\w+)\}/));
      known.set(key, forms);
    }
    let said = '';
    let named = false;
    for (const part of forms[given['count'] === 1 ? 1 : 0] ?? []) {
      said += named ? (given[part] ?? '') : part;
      named = !named;
    }
    return said;
  };
}
