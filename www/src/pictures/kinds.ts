/** The 63 kinds of thing that can be drawn. One more is one function in a file of `kinds/`. */

import accessories from './kinds/accessories';
import bags from './kinds/bags';
import boots from './kinds/boots';
import beauty from './kinds/beauty';
import children from './kinds/children';
import dresses from './kinds/dresses';
import heels from './kinds/heels';
import home from './kinds/home';
import nursery from './kinds/nursery';
import shoes from './kinds/shoes';
import upperGarments from './kinds/upper-garments';

/** Kinds by name. */
export const KINDS = {
  ...upperGarments,
  ...dresses,
  ...shoes,
  ...boots,
  ...heels,
  ...bags,
  ...accessories,
  ...beauty,
  ...children,
  ...nursery,
  ...home,
};

export type KindName = keyof typeof KINDS;
