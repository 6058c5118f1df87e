/** A calendar file for one opening, made in the tab (RFC 5545). No permission is asked and nothing is sent. */

/** What stands in the file. */
export interface Entry {
  id: string;
  opens: number;
  title: string;
  text: string;
  /** The instant the file is made. */
  made: number;
}

const stamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
const escape = (text: string) => text.replace(/([\\;,])/g, '\\$1').replace(/\r?\n/g, '\\n');

/** Lines longer than 75 octets go on behind a space (RFC 5545 §3.1), never inside a character. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let length = 0;
  for (const sign of line) {
    const size = encoder.encode(sign).length;
    if (length + size > 74) {
      out += '\r\n ';
      length = 1;
    }
    out += sign;
    length += size;
  }
  return out;
}

/** The text of the file: a quarter of an hour at the opening, with an alarm ten minutes before. */
export function calendar({ id, opens, title, text, made }: Entry): string {
  return (
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Windowshop//Reminder//EN',
      'BEGIN:VEVENT',
      `UID:${escape(id)}@windowshop`,
      `DTSTAMP:${stamp(made)}`,
      `DTSTART:${stamp(opens)}`,
      `DTEND:${stamp(opens + 15 * 60_000)}`,
      `SUMMARY:${escape(title)}`,
      `DESCRIPTION:${escape(text)}`,
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escape(title)}`,
      'TRIGGER:-PT10M',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
    ]
      .map(fold)
      .join('\r\n') + '\r\n'
  );
}

/** Hands a text to the shopper as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
