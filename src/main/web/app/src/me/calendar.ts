// A calendar file (RFC 5545), made in the browser.

export interface Deadline {
  /** Stays the same however often the file is made, so that a calendar takes the newer for the older. */
  id: string;
  time: string;
  name: string;
  /** A page of ours. */
  to: string;
}

const MOST_OCTETS = 75;

const stamp = (time: string) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** Section 3.3.11; a control character has no place in a line. */
const text = (value: string) =>
  value
    .replace(/\\/g, '\\\\')
    .replace(/[;,]/g, (sign) => `\\${sign}`)
    .replace(/\r?\n/g, '\\n')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f]/g, ' ');

/** Section 3.1: no line is longer than 75 octets, and none is cut within a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}

/** The deadlines as events without a length, each with a reminder a day before. */
export function calendar(deadlines: Deadline[], now: string, origin: string): string {
  const events = deadlines.flatMap(({ id, time, name, to }) => [
    'BEGIN:VEVENT',
    `UID:${text(id)}@fundtrail`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(time)}`,
    `SUMMARY:${text(name)}`,
    `URL:${origin}${to}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text(name)}`,
    'TRIGGER:-P1D',
    'END:VALARM',
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Fundtrail//Deadlines//EN', 'CALSCALE:GREGORIAN', ...events, 'END:VCALENDAR', ''].map(folded).join('\r\n');
}
