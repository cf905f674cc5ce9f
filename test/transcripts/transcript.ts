// Transcripts as the real engine left them: the format, and the mask over what differs from run to run.

export interface Step {
  readonly cmd: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/**
 * `# comment`, `$ command` (`> ` goes on), `| ` a line of standard output, `! ` of standard error, `\` for no newline at
 * the end of the stream above, `? ` an exit status other than 0. @throws Error naming a line of no such form
 */
export function parseTranscript(text: string): Step[] {
  const steps: { cmd: string; stdout: string; stderr: string; exit: number }[] = [];
  let stream: 'stdout' | 'stderr' = 'stdout';
  for (const line of text.split('\n')) {
    const step = steps.at(-1)!;
    const mark = line[0], body = line.slice(2);
    if (line.trim() === '' || mark === '#') continue;
    if (mark === '$') steps.push({ cmd: body, stdout: '', stderr: '', exit: 0 });
    else if (mark === '>') step.cmd += `\n${body}`;
    else if (mark === '|' || mark === '!') step[(stream = mark === '|' ? 'stdout' : 'stderr')] += `${body}\n`;
    else if (line === '\\') step[stream] = step[stream].slice(0, -1);
    else if (mark === '?') step.exit = Number(body);
    else throw new Error(`not a line of a transcript: ${line}`);
  }
  return steps;
}

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const SPAN = '(?:Less than a second|\\d+ (?:second|minute|hour|day|week|month|year)s?|About (?:a minute|an hour))';

/** Steps with ids, times, durations, MAC addresses and the disk's name masked; the same id keeps one number throughout. */
export function mask(steps: readonly Step[]): Step[] {
  const ids = new Map<string, number>(), links = new Map<string, number>();
  const number = (map: Map<string, number>, key: string): number => {
    if (!map.has(key)) map.set(key, map.size + 1);
    return map.get(key)!;
  };
  const hide = (text: string): string => {
    let spans = false;
    const span = (kept: string) => () => ((spans = true), kept);
    const hidden = text
      .replace(/\b[0-9a-f]{64}\b/g, (id) => `<id${number(ids, id.slice(0, 12))}>`)
      .replace(/(?<![0-9a-zA-Z.:_-])[0-9a-f]{12}\b(?![.:])/g, (id) => (/[0-9]/.test(id) ? `<id${number(ids, id)}:12>` : id))
      .replace(/\/l\/[A-Z2-7]{26}\b/g, (link) => `/l/<link${number(links, link)}>`)
      .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d(?: UTC)?)?)?/g, '<time>')
      .replace(new RegExp(`\\b${MONTH} [ \\d]\\d (?:\\d\\d:\\d\\d| \\d{4})\\b`, 'g'), '<date>')
      .replace(new RegExp(`\\bUp ${SPAN}`, 'g'), span('Up <span>'))
      .replace(new RegExp(`${SPAN} ago\\b`, 'g'), span('<span> ago'))
      .replace(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, '<mac>')
      .replace(/\/dev\/(?:vd|sd|nvme)[a-z0-9]+/g, '<disk>')
      .replace(/(<disk> \S+ ext4) \S+/g, '$1 <opts>')
      .replace(/^(bash|\/bin\/bash): (?:eval: )?line \d+: /gm, 'bash: ');
    return spans ? hidden.replace(/ {2,}/g, '  ') : hidden;
  };
  return steps.map((step) => ({ ...step, stdout: hide(step.stdout), stderr: hide(step.stderr) }));
}
