// Query results as psql prints them: aligned, unaligned, expanded, CSV.

export type Format = 'aligned' | 'unaligned' | 'csv';

export interface PrintOptions {
  readonly format: Format;
  readonly expanded: boolean;
  readonly tuplesOnly: boolean;
  readonly footer: boolean;
  readonly border: number;
  readonly null: string;
  readonly fieldSeparator: string;
  readonly recordSeparator: string;
}

export interface Table {
  readonly title?: string | undefined;
  readonly headers: readonly string[];
  /** Which columns are numbers. */
  readonly right: readonly boolean[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Instead of the number of rows. */
  readonly footers?: readonly string[] | undefined;
}

/** Columns on the screen. */
export const widthOf = (text: string): number => {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    width += code >= 0x300 && code < 0x370 ? 0 : code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0xff00 && code <= 0xff60) || code >= 0x1f300) ? 2 : 1;
  }
  return width;
};

const countOf = (rows: number): string => `(${rows} row${rows === 1 ? '' : 's'})`;
const lineWidth = (lines: readonly string[]): number => Math.max(...lines.map(widthOf));

export function formatTable(table: Table, options: PrintOptions): string {
  if (options.format === 'csv') return csv(table, options);
  if (options.format === 'unaligned') return unaligned(table, options);
  return options.expanded ? vertical(table, options) : aligned(table, options);
}

function footersOf({ rows, footers }: Table, { tuplesOnly, footer }: PrintOptions): readonly string[] {
  if (tuplesOnly || !footer) return [];
  return footers ?? [countOf(rows.length)];
}

function aligned(table: Table, options: PrintOptions): string {
  if (!table.headers.length) return `${options.tuplesOnly ? '' : `--\n${footersOf(table, options).map((line) => `${line}\n`).join('')}`}\n`;
  const { border, tuplesOnly } = options;
  const cells = table.rows.map((row) => row.map((cell) => expandTabs(cell ?? options.null).split('\n')));
  const headers = table.headers.map((header) => header.split('\n'));
  const widths = headers.map((header, i) => Math.max(lineWidth(header), ...cells.map((row) => lineWidth(row[i]!))));
  const rule = (ends: boolean): string => {
    const middle = widths.map((width) => '-'.repeat(width + (border ? 2 : 0))).join(border ? '+' : ' ');
    return ends && border === 2 ? `+${middle}+` : middle;
  };
  const out: string[] = [];
  const total = widths.reduce((sum, width) => sum + width, 0) + (border === 0 ? widths.length : border === 1 ? widths.length * 3 - (widths.length ? 1 : 0) : widths.length * 3 + 1);
  if (!tuplesOnly) {
    if (table.title) out.push(widthOf(table.title) >= total ? table.title : `${' '.repeat(Math.floor((total - widthOf(table.title)) / 2))}${table.title}`);
    if (border === 2) out.push(rule(true));
    const height = Math.max(1, ...headers.map((header) => header.length));
    for (let line = 0; line < height; line++) {
      const parts = headers.map((header, i) => {
        const space = widths[i]! - widthOf(header[line] ?? '');
        const text = `${' '.repeat(Math.floor(space / 2))}${header[line] ?? ''}${' '.repeat(Math.ceil(space / 2))}`;
        return border ? ` ${text}${line + 1 < header.length ? '+' : ' '}` : text + (line + 1 < header.length ? '+' : i + 1 < headers.length ? ' ' : ' ');
      });
      out.push(border === 2 ? `|${parts.join('|')}|` : parts.join(border ? '|' : ''));
    }
    out.push(rule(true));
  }
  for (const row of cells) {
    const height = Math.max(1, ...row.map((cell) => cell.length));
    for (let line = 0; line < height; line++) {
      let text = border === 2 ? '|' : '';
      row.forEach((cell, i) => {
        const last = i + 1 === row.length;
        const part = cell[line] ?? '', more = line + 1 < cell.length;
        const space = ' '.repeat(widths[i]! - widthOf(part));
        const fill = !last || border === 2 || more;
        text += (border ? ' ' : '') + (table.right[i] ? space + part : part + (fill ? space : ''));
        text += more ? '+' : !last || border === 2 ? ' ' : '';
        if (!last && border) text += '|';
      });
      out.push(border === 2 ? `${text}|` : text);
    }
  }
  if (border === 2 && (!tuplesOnly || cells.length)) out.push(rule(true));
  out.push(...footersOf(table, options));
  return `${out.join('\n')}\n\n`.replace(/^\n\n$/, '\n');
}

/** A tab goes to the next eighth column. */
const expandTabs = (text: string): string => (text.includes('\t') ? text.split('\n').map((line) => {
  let done = '';
  for (const character of line) done += character === '\t' ? ' '.repeat(8 - (widthOf(done) % 8)) : character;
  return done;
}).join('\n') : text);

function vertical(table: Table, options: PrintOptions): string {
  const { border, tuplesOnly } = options;
  if (!table.rows.length) return tuplesOnly ? '' : `${options.footer ? '(0 rows)\n' : ''}\n`;
  const cells = table.rows.map((row) => row.map((cell) => expandTabs(cell ?? options.null).split('\n')));
  const labels = Math.max(...table.headers.map(widthOf));
  const values = Math.max(...cells.flat().map(lineWidth), 0);
  const out: string[] = [];
  if (table.title && !tuplesOnly) out.push(table.title);
  const rule = (record: number): string => {
    let text = border === 2 ? '+-' : border === 1 ? '-' : '';
    const name = record ? (border ? `[ RECORD ${record} ]` : `* Record ${record}`) : '';
    text += name;
    let length = name.length + (border === 2 ? 0 : 1);
    text += (border ? '-' : ' ').repeat(Math.max(0, labels - length));
    length -= labels;
    if (border) {
      if (length-- <= 0) text += '-';
      if (length-- <= 0) text += '+';
      if (length-- <= 0) text += '-';
    } else if (length-- <= 0) text += ' ';
    text += (border ? '-' : ' ').repeat(Math.max(0, values - Math.max(0, length)));
    if (border === 2) text += '-+';
    return text;
  };
  cells.forEach((row, at) => {
    if (!tuplesOnly) out.push(rule(at + 1));
    else if (at || border === 2) out.push(rule(0));
    row.forEach((cell, i) => cell.forEach((line, n) => {
      const label = (n ? '' : table.headers[i]!).padEnd(labels - widthOf(n ? '' : table.headers[i]!) + (n ? 0 : table.headers[i]!.length));
      const text = border === 0 ? `${label} ${line}` : `${border === 2 ? '| ' : ''}${label}${' '}|${' '}${line}`;
      out.push(n + 1 < cell.length ? `${text}${' '.repeat(values - widthOf(line))}+${border === 2 ? '|' : ''}` : border === 2 ? `${text}${' '.repeat(values - widthOf(line))} |` : text);
    }));
  });
  if (border === 2) out.push(rule(0));
  if (!tuplesOnly && table.footers) out.push(...table.footers);
  return `${out.join('\n')}\n\n`;
}

function unaligned(table: Table, options: PrintOptions): string {
  const { fieldSeparator, recordSeparator, tuplesOnly } = options;
  const text = (row: readonly (string | null)[]): string[] => row.map((cell) => cell ?? options.null);
  const records: string[] = [];
  if (options.expanded) {
    records.push(...table.rows.map((row) => text(row).map((cell, i) => `${table.headers[i]}${fieldSeparator}${cell}`).join(recordSeparator)));
    return records.length ? `${records.join(recordSeparator.repeat(2))}${recordSeparator}` : '';
  }
  if (!tuplesOnly) {
    if (table.title) records.push(table.title);
    records.push(table.headers.join(fieldSeparator));
  }
  records.push(...table.rows.map((row) => text(row).join(fieldSeparator)), ...footersOf(table, options));
  return records.length ? `${records.join(recordSeparator)}\n` : '';
}

function csv(table: Table, options: PrintOptions): string {
  const quote = (cell: string): string => (/[",\n\r]/.test(cell) || cell === '\\.' ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = table.rows.map((row) => row.map((cell) => quote(cell ?? options.null)));
  if (options.expanded) return rows.map((row) => row.map((cell, i) => `${quote(table.headers[i]!)},${cell}\n`).join('')).join('');
  return [...(options.tuplesOnly ? [] : [table.headers.map(quote)]), ...rows].map((row) => `${row.join(',')}\n`).join('');
}
