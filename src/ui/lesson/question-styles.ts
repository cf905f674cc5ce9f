// How predictions and quiz questions look.

import { css } from 'lit';
import { buttonStyles, textStyles } from './lesson-styles.ts';

export const questionStyles = [buttonStyles, textStyles, css`
  :host { display: block; margin: 0 0 1.5em; }
  section { border: 1px solid var(--line); border-radius: var(--radius); padding: 12px 18px 16px; background: var(--paper); }
  h3 { margin: 0 0 4px; font-size: 14px; font-weight: 600; color: var(--ink-soft); }
  .ask { margin: 0 0 10px; font-weight: 550; }
  fieldset { border: 0; margin: 0; padding: 8px 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 4px 18px; align-items: center; }
  legend { float: left; padding: 0; flex: 1 1 100%; width: 100%; }
  label { display: inline-flex; gap: 8px; align-items: center; min-height: 32px; cursor: pointer; }
  input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); flex: none; }
  .choices { display: grid; gap: 4px; border: 0; padding: 0; }
  .choices label { align-items: flex-start; padding: 7px 10px; border: 1px solid transparent; border-radius: var(--radius-small); }
  .choices label:hover { background: var(--raised); }
  .choices input { margin-top: 3px; }
  .chosen.right { border-color: var(--good); background: var(--raised); }
  .chosen.wrong { border-color: var(--bad); background: var(--raised); }
  .verdict { font-size: 14px; font-weight: 600; }
  .verdict.right, .because.right b { color: var(--good); }
  .verdict.wrong, .because.wrong b { color: var(--bad); }
  .score { font-weight: 600; margin: 10px 0 6px; }
  .because { margin: 8px 0 12px; }
  .problem { color: var(--bad); }
`];
