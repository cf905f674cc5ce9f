// The current record of awk, its fields, and the files that records come from.

import type { Task } from '../../../base/task.ts';
import { KernelError, strerror } from '../../../kernel/errno.ts';
import { O_RDONLY } from '../../../kernel/syscalls.ts';
import { splitFields } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import { RecordReader } from './records.ts';
import { unescape } from './tokens.ts';
import { fromInput, toNumber, type Scalar } from './values.ts';

export class Input {
  readonly #awk: Interpreter;
  #record = '';
  #fields: Scalar[] | undefined = [];
  /** The record must be put together again from its fields. */
  #stale = false;
  /** FS as it was when the record was read. */
  #separator = ' ';
  #reader: RecordReader | undefined;
  #argument = 1;
  #read = false;

  constructor(awk: Interpreter) {
    this.#awk = awk;
  }

  record(): string {
    if (this.#stale) {
      this.#record = this.#fields!.map((field) => this.#awk.text(field)).join(this.#awk.text(this.#awk.global('OFS').value));
      this.#stale = false;
    }
    return this.#record;
  }

  setRecord(text: string): void {
    this.#record = text;
    this.#fields = undefined;
    this.#stale = false;
    this.#separator = this.#awk.text(this.#awk.global('FS').value);
  }

  #split(): Scalar[] {
    const paragraph = this.#separator !== ' ' && this.#awk.text(this.#awk.global('RS').value) === '';
    return (this.#fields ??= splitFields(this.#record, this.#separator, this.#awk.regexOf, paragraph).map(fromInput));
  }

  fieldCount(): number {
    return this.#split().length;
  }

  setFieldCount(count: number): void {
    const fields = this.#split();
    while (fields.length < count) fields.push('');
    fields.length = Math.max(0, count);
    this.#stale = true;
  }

  field(index: number): Scalar {
    if (index === 0) return fromInput(this.record());
    return this.#split()[index - 1];
  }

  setField(index: number, text: string, value: Scalar): void {
    if (index === 0) return this.setRecord(text);
    const fields = this.#split();
    if (index > 65535 * 16) this.#awk.fail(`program limit exceeded: maximum number of fields size=${index}`, 'Too many fields');
    while (fields.length < index) fields.push('');
    fields[index - 1] = value === undefined ? '' : value;
    this.#stale = true;
  }

  /** One more record was read. */
  count(): void {
    const cell = this.#awk.global('NR');
    cell.value = toNumber(cell.value) + 1;
  }

  *nextRecord(): Task<boolean> {
    const text = yield* this.nextText();
    if (text === undefined) return false;
    this.setRecord(text);
    return true;
  }

  *nextText(): Task<string | undefined> {
    for (;;) {
      this.#reader ??= this.#open();
      if (!this.#reader) return undefined;
      let text: string | undefined;
      try {
        text = yield* this.#reader.next(this.#awk.text(this.#awk.global('RS').value), this.#awk.regexOf);
      } catch (error) {
        if (!(error instanceof KernelError) || this.#awk.io.writeFailed) throw error;
        const name = this.#awk.text(this.#awk.global('FILENAME').value);
        if (this.#awk.mawk) this.#awk.io.die(`read error (${strerror(error.errno)})`, 2);
        this.#awk.io.fail(`${name}: ${strerror(error.errno)}`);
      }
      if (text !== undefined) {
        this.count();
        const cell = this.#awk.global('FNR');
        cell.value = toNumber(cell.value) + 1;
        return text;
      }
      this.skipFile();
    }
  }

  skipFile(): void {
    if (this.#reader?.fd) this.#awk.io.sys.close(this.#reader.fd);
    this.#reader = undefined;
  }

  /** The next file among the operands; assignments there take effect on the way. */
  #open(): RecordReader | undefined {
    const awk = this.#awk;
    const argv = awk.global('ARGV').asArray(awk.newArray);
    for (;;) {
      if (this.#argument >= toNumber(awk.global('ARGC').value)) {
        if (this.#read) return undefined;
        this.#read = true;
        return new RecordReader(awk.io, 0);
      }
      const name = awk.text(argv.elements.get(String(this.#argument++)));
      const assignment = /^([A-Za-z_]\w*)=([^]*)$/.exec(name);
      if (assignment) awk.assign(assignment[1]!, unescape(assignment[2]!));
      if (!name || assignment) continue;
      this.#read = true;
      awk.global('FILENAME').value = name;
      awk.global('FNR').value = 0;
      if (name === '-') return new RecordReader(awk.io, 0);
      try {
        return new RecordReader(awk.io, awk.io.sys.open(awk.decode(name), O_RDONLY));
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (awk.mawk) awk.io.die(`cannot open "${awk.decode(name)}" (${strerror(error.errno)})`, 2);
        awk.io.die(`${awk.decode(name)}: ${strerror(error.errno)}`);
      }
    }
  }
}
