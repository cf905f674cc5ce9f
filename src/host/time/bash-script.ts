// What was done on a host as a commented bash script for a real Docker.

import { toBase64 } from '../base64.ts';
import { changeText } from './change-text.ts';
import type { RecordedStep, Recording } from './recording.ts';

/** Changes named of one step. */
const MOST = 8;
/** Bytes of a file that a script may carry. */
const MOST_CARRIED = 64 << 10;

/** Commands that no other host has. */
const OURS = /^\s*(edit|whereis-data)\b/;

const comment = (text: string): string => text.split('\n').map((line) => `# ${line}`.trimEnd()).join('\n');
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export function bashScript({ steps }: Recording): string {
  const parts = [`#!/bin/bash
# What was done on the simulated host of Stowage, for a real Docker.
# The comments below each command say what it changed there.
# Read it before you run it: it makes and removes containers, volumes and files of these names.
`];
  steps.forEach((step, index) => {
    parts.push(`${commandOf(step)}\n${changesOf(step)}`);
    // What a person typed inside of a container cannot be typed by a script.
    if (!step.inside && steps[index + 1]?.inside === step.text) parts.push('# The lines that begin with "inside:" were typed there.\n');
  });
  return parts.join('\n');
}

function commandOf(step: RecordedStep): string {
  if (step.kind === 'upload') {
    if (!step.content || step.content.length > MOST_CARRIED) return comment(`a file was brought from outside: ${step.text}`);
    return `base64 -d > ${quote(step.text)} <<'END_OF_FILE'\n${toBase64(step.content).replace(/.{76}/g, '$&\n')}\nEND_OF_FILE`;
  }
  if (step.inside) return comment(`inside: ${step.text}`);
  if (OURS.test(step.text)) return comment(`only in Stowage: ${step.text}`);
  return step.isBroken ? comment(`this is no whole command: ${step.text}`) : step.text;
}

function changesOf({ change }: RecordedStep): string {
  if (!change?.changes.length) return '';
  const more = change.more + Math.max(0, change.changes.length - MOST);
  return `${[...change.changes.slice(0, MOST).map((each) => {
    const { sign, text } = changeText(each);
    return `#   ${sign} ${text}`;
  }), ...(more ? [`#   and ${more} more`] : [])].join('\n')}\n`;
}
