// How a task looks: open, done, or waiting for the one above.

import { css } from 'lit';
import { buttonStyles, textStyles } from './lesson-styles.ts';

export const taskStyles = [buttonStyles, textStyles, css`
  :host { display: block; margin: 0 0 1.5em; }
  section { border: 1px solid var(--line); border-radius: var(--radius); padding: 12px 18px 14px; background: var(--raised); }
  .open { border: 2px solid var(--accent); }
  .later { opacity: .8; border-style: dashed; }
  header { display: flex; gap: 10px; align-items: center; margin-bottom: 6px; }
  h3 { margin: 0; font-size: 14px; font-weight: 600; color: var(--ink-soft); }
  .open h3 { color: var(--accent); }
  .mark { width: 20px; height: 20px; border-radius: 50%; border: 2px solid var(--line-strong); display: grid; place-items: center; font-size: 13px; line-height: 1; }
  .open .mark { border-color: var(--accent); }
  .done .mark { background: var(--good); border-color: var(--good); color: var(--surface); }
  .count { display: flex; gap: 5px; align-items: center; font-size: 14px; color: var(--ink-soft); margin: 12px 0 6px; }
  .count i { width: 9px; height: 9px; border-radius: 50%; border: 1.5px solid var(--line-strong); }
  .count i.holds { background: var(--good); border-color: var(--good); }
  .count i:last-of-type { margin-right: 4px; }
  .not-yet, .mistake { border-radius: var(--radius-small); padding: 8px 12px; margin: 0 0 8px; }
  .not-yet { background: var(--paper); }
  .mistake { background: var(--layer-soft); border-left: 4px solid var(--warn); }
  .after { margin-top: .6em; color: var(--good); }
  .aha { margin-top: 12px; padding: 10px 14px 12px; border-radius: var(--radius-small); background: var(--volume-soft); border-left: 4px solid var(--volume); }
  .aha p { margin: 0 0 8px; }
  .aha button[aria-pressed="true"] { border-color: var(--ink); background: var(--surface); }
  .hints { margin: 10px 0; padding-left: 1.3em; }
  .hints li { margin-bottom: 6px; }
  .help { margin-top: 10px; }
  .do pre { overflow-x: auto; background: var(--paper); border-radius: var(--radius-small); padding: 8px 12px; margin: 0 0 .8em; font-size: 14px; line-height: 1.5; }
  .do pre code { background: none; padding: 0; overflow-wrap: normal; }
  .help pre { background: var(--terminal-paper); border: 1px solid var(--line); border-radius: var(--radius-small); padding: 9px 12px; margin: 0 0 10px; font-size: 14px; line-height: 1.5; overflow-x: auto; }
  .help pre code { background: none; padding: 0; }
`];
