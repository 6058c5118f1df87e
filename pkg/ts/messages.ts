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

/** The sentence of a key and its arguments; the key itself where the file lacks it, so that a gap is seen. */
export function sentence(messages: Messages, key: string, given: Record<string, string | number | undefined>): string {
  const template = (given['count'] === 1 ? messages[`${key}.one`] : undefined) ?? messages[key] ?? key;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ''));
}
