// What a person can have the page do, by name: the command palette lists it. Any module may offer more.

export interface PageCommand {
  /** An order, as in `Start this lesson over`. */
  readonly name: string;
  readonly group: 'Go to' | 'Lesson' | 'Terminal' | 'Picture' | 'Time' | 'Share' | 'View' | 'Help';
  /** Its keys, as people write them. */
  readonly keys?: string;
  /** Other words that people look for. */
  readonly also?: string;
  run(): unknown;
  /** Whether it makes sense now. */
  when?(): boolean;
}

const offered: PageCommand[] = [];

/** The one that is offered last under a name counts. */
export function offer(...commands: readonly PageCommand[]): void {
  for (const command of commands) {
    const at = offered.findIndex(({ name }) => name === command.name);
    if (at < 0) offered.push(command);
    else offered[at] = command;
  }
}

export const pageCommands = (): readonly PageCommand[] => offered.filter(({ when }) => when?.() ?? true);
