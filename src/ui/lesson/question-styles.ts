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
  .choices label { align-items: baseline; min-height: 0; padding: 7px 10px; border: 1px solid transparent; border-radius: var(--radius-small); }
  .choices label:hover { background: var(--raised); }
  .choices input { position: relative; top: 3px; }
  .chosen.right { border-color: var(--good); background: var(--raised); }
  .chosen.wrong { border-color: var(--bad); background: var(--raised); }
  .verdict { font-size: 14px; font-weight: 600; }
  .verdict.right, .because.right b { color: var(--good); }
  .verdict.wrong, .because.wrong b { color: var(--bad); }
  .score { font-weight: 600; margin: 10px 0 6px; }
  .because { margin: 8px 0 12px; }
  .quiet { float: none; color: var(--ink-soft); font-size: 14px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .foot { margin-top: 10px; }
  .foot-note { font-size: 14px; color: var(--ink-soft); margin: 6px 0 0; }
  .grid { overflow-x: auto; margin: 0 -4px; padding: 0 4px 4px; }
  table { border-collapse: collapse; width: 100%; font-size: 14px; }
  th { font-weight: 550; text-align: left; padding: 6px 8px 6px 0; vertical-align: bottom; }
  thead th { min-width: 74px; color: var(--ink-soft); }
  tbody th { vertical-align: middle; min-width: 104px; }
  tbody tr { border-top: 1px solid var(--line); }
  td { padding: 4px 4px 4px 0; }
  td button { width: 100%; min-width: 58px; min-height: 34px; padding: 2px 6px; }
  td button.open { color: var(--ink-soft); border-style: dashed; }
  td button.kept { background: var(--volume-soft); border-color: var(--volume); }
  td button.lost { background: var(--layer-soft); border-color: var(--layer); }
  td.right { color: var(--good); font-weight: 600; }
  td.wrong { color: var(--bad); font-weight: 600; }
  abbr { text-decoration: none; }
  .owner { border-top: 1px solid var(--line); padding: 8px 0; display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; }
  .owner label { flex: 1 1 100%; justify-content: space-between; flex-wrap: wrap; }
  select, textarea { font: inherit; font-size: 14px; color: var(--ink); background: var(--surface); border: 1px solid var(--line-strong); border-radius: var(--radius-small); padding: 5px 8px; max-width: 100%; }
  .free { display: grid; gap: 6px; align-items: stretch; margin: 8px 0 10px; }
  textarea { width: 100%; box-sizing: border-box; resize: vertical; }
  .print { margin: 0; font-size: 13px; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
  .print code { background: none; padding: 0; }
  .print.command, p + .print { background: var(--terminal-paper); border: 1px solid var(--line); border-radius: var(--radius-small); padding: 9px 12px; margin: 0 0 10px; }
  .print.command code::before { content: "$ "; color: var(--ink-soft); }
  .steps { margin: 0 0 12px; padding-left: 1.5em; }
  .steps li { margin-bottom: 6px; padding: 6px 8px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface); }
  .steps li::marker { font-weight: 600; color: var(--ink-soft); }
  .steps li span:first-child { display: inline-block; width: calc(100% - 92px); vertical-align: middle; }
  .steps button { min-height: 34px; width: 40px; padding: 0; }
  .steps .right { border-color: var(--good); }
  .steps .wrong { border-color: var(--bad); }
  .problem { color: var(--bad); }
`];
