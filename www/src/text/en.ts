/** Every word of the storefront in English, by page. `zh` has the same keys; a key that is missing there does not compile. */

import { bag } from './en/bag';
import { goods } from './en/goods';
import { home } from './en/home';
import { shell } from './en/shell';
import { yours } from './en/yours';

export const en = { ...shell, ...home, ...goods, ...bag, ...yours };

/** What every language must say. */
export type Messages = typeof en;
