// The bash script that plays a sequence on a real engine's host, lists what is left of it, and cleans up.

import { readFileSync } from 'node:fs';
import { commandOf, directoryOf, forgetsVolumes, type Sequence } from './step.ts';
import { UNSEEN } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** Perl without any module: a Debian has no more. */
const perl = (file: string): string => `perl -e ${quoted(readFileSync(new URL(file, import.meta.url), 'utf8'))}`;

const PRELUDE = `
_exec() { ${perl('exec.pl')} "$@"; }
_collect() { ${perl('collect.pl')} $_box "$@"; }
_box=$(mktemp -d /tmp/fz.XXXXXX); cd`;

/** The command, in a container without docker where that comes to the same. */
function quick(command: string): string {
  const [, uid = '', gid = '', name, script] = /^docker exec (?:-u (\d+)(?::(\d+))? )?(\S+) sh -c ('[^']*')$/.exec(command) ?? [];
  const eval_ = `eval ${quoted(command)}`;
  // Now and then docker all the same.
  return name && command.length % 8 ? `_exec ${name} '${uid}' '${gid}' ${script}; _e=$?; if [ $_e = 222 ]; then ${eval_}; else (exit $_e); fi` : eval_;
}

export function realScript({ prefix, steps }: Sequence): string {
  const lines = [PRELUDE];
  for (const [index, step] of steps.entries()) {
    const command = commandOf(step);
    if (forgetsVolumes(command)) lines.push(`_collect 0 ${prefix}`);
    lines.push(`{ ${quick(command)}; } >$_box/out.${index} 2>$_box/err.${index} </dev/null; echo $? >$_box/rc.${index}`);
  }
  lines.push(`cd; _collect ${steps.length} ${prefix} ${[...UNSEEN].join(',')}`, `rm -rf ${directoryOf(prefix)} $_box`);
  return lines.join('\n');
}
