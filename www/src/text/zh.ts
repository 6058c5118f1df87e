/** 橱窗里的每一句中文，按页分开。键与 `en` 相同，少一个就编译不过。 */

import type { Messages } from './en';
import { bag } from './zh/bag';
import { goods } from './zh/goods';
import { home } from './zh/home';
import { shell } from './zh/shell';
import { yours } from './zh/yours';

export const zh: Messages = { ...shell, ...home, ...goods, ...bag, ...yours };
