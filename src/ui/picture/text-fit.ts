// How wide a text will be, near enough, without asking a browser; and a text cut to what fits.

/** Of the font's size, as system sans faces have them, on the wide side. */
function em(char: string): number {
  if (/[iljI.,:;'|!()[\]{} ]/.test(char)) return 0.3;
  if (/[frt"/\\-]/.test(char)) return 0.4;
  if (/[mwMW@%&]/.test(char)) return 0.92;
  if (/[A-Z0-9_#$?=+<>~^]/.test(char)) return 0.68;
  return char.charCodeAt(0) > 0x2e80 ? 1.05 : 0.6;
}

const MONO = 0.62;

/** px */
export function textWidth(text: string, size: number, mono = false): number {
  if (mono) return text.length * MONO * size;
  let width = 0;
  for (const char of text) width += em(char);
  return width * size;
}

/** The text, or its beginning and an ellipsis; paths keep their end. */
export function fitText(text: string, width: number, size: number, mono = false): string {
  if (textWidth(text, size, mono) <= width) return text;
  const keepEnd = text.startsWith('/') || /^[^\s"“<]+\/[^\s"“<]+$/.test(text);
  let cut = text;
  while (cut && textWidth(`${cut}…`, size, mono) > width) cut = keepEnd ? cut.slice(1) : cut.slice(0, -1);
  if (!cut) return '';
  return keepEnd ? `…${cut}` : `${cut.trimEnd()}…`;
}
