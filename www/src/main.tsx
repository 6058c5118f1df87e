/** Opens the shop: clock, first paint from the static files, and then the engine. */

import './styles/index.css';
import * as clock from './clock';
import { watchHands } from './focus';
import { draw } from './root';
import { parse } from './router';
import { Shop } from './shop';
import { emptyOther, openEngine } from './shop/engine';
import { chooseLanguage, loadMessages } from './text/text';
import { begin } from './turn';

const asked = clock.askedFor(location.search);
if (asked !== undefined) clock.set(asked);

begin();
watchHands();
const language = chooseLanguage(parse(location.hash).wishes.lang, navigator.languages);
const shop = new Shop(language, openEngine, emptyOther);
void shop.start();
draw(shop, await loadMessages(language), document.getElementById('shop')!);
// Fetched for everybody: a face that came with the first sign of a luxury brand would tell that one was shown.
document.fonts.load('1em "Bodoni Moda"').catch(() => undefined);
