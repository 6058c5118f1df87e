/** Which build of this package a script is of: written in by scripts/bundle-package.mjs, the same in every script of it. */

declare const WINDOWSHOP_BUILD: string;

/** A fingerprint of everything the package was made of. */
export const BUILD = WINDOWSHOP_BUILD;
