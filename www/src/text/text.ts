/** Which languages there are, and which one a visit starts in. Nothing is stored: the address and the browser decide. */

import type { Messages } from './en';

export type { Messages } from './en';

/** Messages by language, each fetched only where it is read. One more language is one more file and one more line. */
const LANGUAGES = {
  en: async (): Promise<Messages> => (await import('./en')).en,
  zh: async (): Promise<Messages> => (await import('./zh')).zh,
};

export type LanguageCode = keyof typeof LANGUAGES;

/** The words of a language. */
export const loadMessages = (code: LanguageCode): Promise<Messages> => LANGUAGES[code]();

/** The language that the address asks for, else the browser's, else English. */
export function chooseLanguage(asked: string | null | undefined, browser: readonly string[]): LanguageCode {
  for (const wish of [asked ?? '', ...browser]) {
    const code = wish.toLowerCase().split('-')[0]!;
    if (Object.hasOwn(LANGUAGES, code)) return code as LanguageCode;
  }
  return 'en';
}
