// What a screen reader is told of the terminal: the output of a command, once; and the line, when a key has put another one there.

import type { StowageApp } from '../app/stowage-app.ts';

/** Lines of one command's output that are read out; the rest is in the terminal. */
const MOST = 20;
/** ms without output after which what has come so far is told. */
const PAUSE = 400;
/** Tab, the arrows up and down, Ctrl-P, Ctrl-N: the line is another one then. */
// oxlint-disable-next-line no-control-regex
const OTHER_LINE = /^(\t|\x1b[[O][AB]|\x10|\x0e)$/;
// oxlint-disable-next-line no-control-regex
const CONTROL = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>])|[\0-\x08\x0b\x0c\x0e-\x1f]/g;
const PROMPT = /\n?[^\n]*@docker-host:[^\n]*[#$] ?$/;

/** xterm's own live region says everything again at each change: terminal-pane.ts silences it. */
export function speakOutput(app: StowageApp): void {
  const log = document.createElement('div');
  log.role = 'log';
  log.ariaLabel = 'What the terminal printed';
  log.style.cssText = 'position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre-wrap';
  const section = app.renderRoot.querySelector('section.terminal')!;
  section.append(log);

  const decoder = new TextDecoder();
  /** Since Enter; undefined while a line is being edited, whose letters the screen reader says itself. */
  let heard: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (text: string): void => {
    if (!text || document.documentElement.dataset.spoken === 'off') return;
    const line = document.createElement('p');
    line.textContent = text;
    log.append(line);
    while (log.childElementCount > 4) log.firstElementChild!.remove();
  };
  const tellHeard = (ended: boolean): void => {
    clearTimeout(timer);
    if (heard === undefined) return;
    const lines = plain(heard).replace(PROMPT, '').split('\n').filter((line) => line.trim());
    heard = ended ? undefined : '';
    tell(lines.length > MOST ? [...lines.slice(0, MOST), `and ${lines.length - MOST} lines more`].join('\n') : lines.join('\n'));
  };

  section.addEventListener('terminal-keys', (event) => {
    const { text } = (event as CustomEvent<{ text: string }>).detail;
    if (text.includes('\r')) heard = '';
    else if (heard === undefined && OTHER_LINE.test(text)) {
      clearTimeout(timer);
      timer = setTimeout(() => tell(app.pane.lineText.replace(/^.*?[#$] /, '')), PAUSE / 2);
    }
  });
  app.link.onOutput(({ terminal, bytes }) => {
    if (heard === undefined || terminal !== app.terminal) return;
    heard += decoder.decode(bytes, { stream: true });
    clearTimeout(timer);
    timer = setTimeout(() => tellHeard(false), PAUSE);
  });
  app.link.onSettled((terminal) => {
    if (terminal === app.terminal) setTimeout(() => tellHeard(true));
  });
}

/** Without colours and cursors; of a line that was written over, what it says in the end. */
const plain = (text: string): string =>
  text.replaceAll(CONTROL, '').split('\n').map((line) => line.replace(/\r+$/, '').split('\r').at(-1)!).join('\n').trim();
