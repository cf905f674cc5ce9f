// What was done on a host as a Markdown report: commands, what they printed, and what they changed.

import { changeText } from './change-text.ts';
import type { RecordedStep, Recording } from './recording.ts';

/** Lines of output shown of one step. */
const MOST = 60;

export function markdownReport({ startTime, steps }: Recording, title: string): string {
  return `# ${title}

Done on the simulated Docker host of Stowage (Docker Engine 28.5.2), ${new Date(startTime).toISOString().slice(0, 10)}. ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}.

${steps.map((step, index) => stepText(step, index)).join('\n')}`;
}

function stepText(step: RecordedStep, index: number): string {
  const where = [...(step.inside ? [`inside ${inline(step.inside)}`] : []), ...(step.terminal > 1 ? [`terminal ${step.terminal}`] : [])].join(', ');
  const heading = `## ${index + 1}. ${step.kind === 'upload' ? `${inline(step.text)} is brought from outside` : inline(step.text.split('\n')[0]!)}`;
  const lines = step.printed ? step.printed.split('\n') : [];
  const session = step.kind === 'upload' ? '' : `\n${fenced(['$ ' + step.text.replaceAll('\n', '\n> '), ...lines.slice(0, MOST), ...(lines.length > MOST ? [`… ${lines.length - MOST} more lines`] : [])].join('\n'))}`;
  const { changes = [], more = 0 } = step.change ?? {};
  const list = changes.map((change) => {
    const { sign, text } = changeText(change);
    return `- ${sign === '+' ? 'new' : sign === '−' ? 'gone' : 'changed'}: ${inline(text)}`;
  });
  return `${heading}\n${where ? `\n(${where})\n` : ''}${session}${list.length ? `\n${list.join('\n')}${more ? `\n- and ${more} more` : ''}\n` : ''}`;
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}console\n${text}\n${ticks}\n`;
}

function inline(text: string): string {
  const ticks = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const room = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${room}${text}${room}${ticks}`;
}
