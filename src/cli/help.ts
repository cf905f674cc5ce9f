// Help texts, made from the command tree as docker/cli's usage template does.

import { type Command, isGroup } from './command.ts';
import type { Flags } from './flags/flag.ts';
import { flagUsages } from './flags/usage.ts';

const EXPERIMENTAL = `is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`;

/** The command's usage line; `path` is how it was called (`docker volume ls`). */
export const usageLine = (command: Command, path: string): string =>
  `${path}${isGroup(command) ? command.usage ?? '' : command.usage && ' ' + command.usage}`;

/** @param columns width of the terminal, 80 without one */
export function help(command: Command, path: string, columns: number, globals?: Flags): string {
  const sections: string[] = [];
  const flags = command.flags ?? {};
  const hasFlags = Object.values(flags).some((flag) => !flag.hidden);
  const group = isGroup(command);
  const root = globals !== undefined;
  const options = hasFlags || root;
  sections.push(group ? `Usage:  ${path}${options ? ' [OPTIONS]' : ''} COMMAND` : `Usage:  ${usageLine(command, path)}`, command.long ?? command.short);
  if (group && command.experimental) sections.push(`EXPERIMENTAL:\n  ${path} ${EXPERIMENTAL}`);
  if (!group) {
    const names = command.fullNames ?? (command.aliases ? [path, ...command.aliases.map((alias) => path.replace(/[^ ]+$/, alias))].join(', ') : '');
    if (names) sections.push(`Aliases:\n  ${names}`);
  }
  if (hasFlags && !root) sections.push(`Options:\n${flagUsages(flags, columns - 1).trimEnd()}`);
  if (group) {
    const visible = command.commands.filter((each) => !each.hidden);
    const pad = 11;
    const row = (each: Command) => `  ${(each.name + (each.listed === '*' ? '*' : '')).padEnd(pad)} ${each.short}`;
    const list = (title: string, rows: readonly Command[]) => {
      if (rows.length) sections.push(`${title}:\n${rows.map(row).join('\n')}`);
    };
    const common = root ? visible.filter((each) => each.top).toSorted((a, b) => a.top! - b.top!) : [];
    const others = visible.filter((each) => !root || !each.top).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    list('Common Commands', common);
    list('Management Commands', others.filter((each) => each.listed ?? (isGroup(each) && !each.swarm)));
    list('Swarm Commands', others.filter((each) => isGroup(each) && each.swarm));
    list('Commands', others.filter((each) => !isGroup(each) && !each.listed));
    if (root) sections.push(`Global Options:\n${flagUsages(globals, columns - 1).trimEnd()}`);
    sections.push(`Run '${path} COMMAND --help' for more information on a command.`);
    if (command.footer) sections.push(command.footer);
  }
  return sections.join('\n\n') + '\n';
}
