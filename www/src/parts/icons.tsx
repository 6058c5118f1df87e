/** The few line icons, drawn once and referred to. */

const PATHS = {
  curtain:
    '<path fill="currentColor" fill-rule="evenodd" d="M1 1h18v18H1zM2.8 2.8v14.4h14.4V2.8z"/><path fill="currentColor" d="M9.2 2h1.6v6H9.2zM2 7.6h16v6.2a1.9 2 0 0 1-3.8 0a2.1 2 0 0 1-4.2 0a2.1 2 0 0 1-4.2 0a1.9 2 0 0 1-3.8 0z"/>',
  find: '<circle cx="8.5" cy="8.5" r="5.5"/><path d="M13 13l5 5"/>',
  bell: '<path d="M3 15h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7zM8 17.5h4"/>',
  bag: '<path d="M3.5 7h13l1 11h-15zM7 9V5.5a3 3 0 0 1 6 0V9"/>',
  keep: '<path d="M5 2.5h10v15l-5-4-5 4z"/>',
  tick: '<path d="M3.5 10.5l4.5 4.5 8.5-10"/>',
  cross: '<path d="M4 4l12 12M16 4L4 16"/>',
};

export type IconName = keyof typeof PATHS;

/** The sheet that {@link Icon} refers to; stands once in the page. */
export function IconSheet() {
  const symbols = Object.entries(PATHS)
    .map(([name, paths]) => `<symbol id="i-${name}" viewBox="0 0 20 20">${paths}</symbol>`)
    .join('');
  return (
    <svg
      width="0"
      height="0"
      class="vh"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: `<defs>${symbols}</defs>` }}
    />
  );
}

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="ic" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The mark of everything that stays here. */
export function Mark({ text }: { text: string }) {
  return (
    <p class="mark">
      <Icon name="curtain" />
      <span>{text}</span>
    </p>
  );
}
