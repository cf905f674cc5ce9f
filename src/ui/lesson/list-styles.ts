// How the list of lessons looks.

import { css } from 'lit';

export const listStyles = css`
  dialog { width: min(46rem, calc(100vw - 24px)); max-height: min(46rem, calc(100dvh - 32px)); padding: 0; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--ink); overflow: hidden; }
  dialog[open] { display: flex; flex-direction: column; }
  dialog::backdrop { background: rgb(10 16 22 / .45); }
  .head { display: flex; align-items: center; gap: 14px; padding: 14px 24px; border-bottom: 1px solid var(--line); flex: none; }
  h2 { margin: 0; font: 600 1.25rem/1.3 var(--font-display); }
  .count { color: var(--ink-soft); font-size: 14px; flex: 1; }
  .body { overflow-y: auto; padding: 0 24px 20px; }
  .note { margin: 14px 0 0; color: var(--ink-soft); font-size: 14px; }
  h3 { margin: 22px 0 4px; font-size: 1rem; }
  .seed { margin-top: 16px; padding: 12px 18px 14px; border-radius: var(--radius); background: var(--volume-soft); }
  .seed h3 { margin: 0 0 6px; }
  .seed ol { margin: 0; padding: 0; list-style: none; counter-reset: place; columns: 2 15rem; column-gap: 24px; }
  .seed li { position: relative; padding-left: 1.9em; margin-bottom: 4px; break-inside: avoid; counter-increment: place; }
  .seed li::before { content: counter(place) "."; position: absolute; left: 0; top: 5px; font-size: 15px; line-height: 1.5; font-variant-numeric: tabular-nums; }
  .drills { background: var(--layer-soft); }
  .drills p { margin: 0 0 10px; font-size: 14px; }
  .drills p button { text-align: left; }
  .result { display: block; color: var(--good); font-size: 14px; }
  .link { display: inline; border: 0; background: none; padding: 4px 0; min-height: 0; line-height: 1.5; text-decoration: underline; text-underline-offset: 3px; font-size: 15px; text-align: left; }
  ul { list-style: none; margin: 0; padding: 0; }
  ul li { display: flex; align-items: center; gap: 8px; border-top: 1px solid var(--line); }
  ul li[aria-current="true"] { box-shadow: inset 3px 0 var(--accent); }
  .open { flex: 1; display: grid; grid-template-columns: auto 1fr auto; gap: 2px 10px; text-align: left; border: 0; background: none; padding: 10px 12px; align-items: baseline; }
  .open:hover { background: var(--paper); }
  .title { font-weight: 600; font-size: 16px; }
  .minutes { color: var(--ink-soft); white-space: nowrap; grid-column: 3; }
  .summary { grid-column: 1 / 4; color: var(--ink-soft); }
  .mark { color: var(--good); font-weight: 600; font-size: 14px; }
  .begun, .changed { font-size: 13px; border: 1px solid var(--line-strong); border-radius: 20px; padding: 0 8px; color: var(--ink-soft); }
  .changed { border-color: var(--warn); color: var(--warn); }
  .practise { flex: none; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
  .sure { border-color: var(--bad); color: var(--bad); }
  .said { min-height: 1.5em; margin: 8px 0 0; font-size: 14px; }
  @media (max-width: 700px) { .head { padding: 12px 16px; } .body { padding: 0 16px 16px; } button { min-height: 40px; } .link { padding: 9px 0; } .seed li::before { top: 10px; } .summary { display: none; } }
`;
