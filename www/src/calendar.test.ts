import { describe, expect, it } from 'vitest';
import { calendar } from './calendar';

describe('a calendar file', () => {
  const text = calendar({
    id: 's1;x',
    opens: Date.parse('2026-11-20T10:00+08:00'),
    title: 'Calla Finch, coats; and more',
    text: '提醒只存在您的设备上。'.repeat(12),
    made: Date.parse('2026-11-19T12:34+08:00'),
  });

  it('names the opening in UTC', () => {
    expect(text).toContain('\r\nDTSTART:20261120T020000Z\r\n');
    expect(text).toContain('\r\nDTEND:20261120T021500Z\r\n');
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('escapes what has a meaning and folds long lines between characters', () => {
    expect(text).toContain('SUMMARY:Calla Finch\\, coats\\; and more');
    for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain('提醒只存在您的设备上。'.repeat(12));
  });
});
