// How the timeline looks.

import { css } from 'lit';

export const timeStyles = css`
  :host { display: block; font-size: 13.5px; color: var(--ink); position: relative; }
  .bar { display: flex; align-items: stretch; min-height: 36px; }
  button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; min-height: 36px; padding: 0 10px; border-radius: var(--radius-small); white-space: nowrap; }
  button:hover:not(:disabled) { background: var(--paper); }
  button:disabled { color: var(--ink-soft); opacity: .55; cursor: default; }
  button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
  .moves { display: flex; align-items: center; padding-left: 6px; border-right: 1px solid var(--line); }
  .moves svg { width: 17px; height: 17px; vertical-align: -4px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
  .end { margin-left: auto; border-left: 1px solid var(--line); display: flex; align-items: center; padding: 0 6px; flex: none; }
  ol { list-style: none; display: flex; align-items: center; margin: 0; padding: 0 10px; overflow-x: auto; min-width: 0; scrollbar-width: thin; position: relative; }
  li { display: flex; align-items: center; flex: none; }
  .dot { min-width: 26px; min-height: 36px; padding: 0; display: grid; place-items: center; position: relative; }
  li:not(:first-child) .dot::before { content: ""; position: absolute; right: 50%; width: 26px; top: 50%; height: 2px; margin-top: -1px; background: var(--line-strong); z-index: 0; }
  li.ahead .dot::before { background: repeating-linear-gradient(90deg, var(--line-strong) 0 3px, transparent 3px 6px); }
  .dot i { display: block; width: 11px; height: 11px; border-radius: 50%; border: 2px solid var(--ink-soft); background: var(--surface); position: relative; z-index: 1; box-sizing: border-box; }
  .dot.changed i { background: var(--ink-soft); }
  .dot.volume i { background: var(--volume); border-color: var(--volume); border-radius: 2px; }
  .dot.layer i { background: var(--layer); border-color: var(--layer); }
  li.ahead i { opacity: .45; }
  .dot[aria-current] i { outline: 2px solid var(--accent); outline-offset: 2px; }
  .dot.forks::after { content: ""; position: absolute; left: 50%; top: 62%; width: 9px; height: 8px; border: 2px solid var(--line-strong); border-width: 0 0 2px 2px; border-bottom-left-radius: 6px; }
  .panel { position: absolute; left: 0; right: 0; bottom: 100%; z-index: 5; max-height: min(440px, 60vh); overflow: auto; background: var(--surface); border-top: 1px solid var(--line-strong); box-shadow: 0 -10px 24px rgb(0 0 0 / .14); padding: 4px 0; }
  .panel h2 { font-size: 13px; font-weight: 600; color: var(--ink-soft); margin: 12px 16px 4px; }
  .panel ol { display: block; padding: 0 8px; overflow: visible; }
  .panel li { display: block; }
  .step { display: grid; grid-template-columns: 4.5em minmax(0, 1fr); gap: 2px 10px; width: 100%; text-align: left; padding: 6px 8px; white-space: normal; }
  .step[aria-current] { background: var(--paper); box-shadow: inset 3px 0 0 var(--accent); }
  .ahead .step code { color: var(--ink-soft); }
  .step time { color: var(--ink-soft); font-variant-numeric: tabular-nums; }
  .step code { font-family: var(--font-mono); font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
  .step small { font-size: 12.5px; color: var(--ink-soft); }
  .step .what { grid-column: 2; display: flex; flex-wrap: wrap; gap: 3px 12px; font-size: 12.5px; }
  .what span { overflow-wrap: anywhere; }
  .what b { font-weight: 650; display: inline-block; min-width: .9em; }
  .new b { color: var(--good, var(--volume)); } .gone b { color: var(--bad); } .altered b { color: var(--layer); }
  .empty { margin: 12px 16px; color: var(--ink-soft); }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (max-width: 800px) { .panel { bottom: auto; top: 100%; box-shadow: 0 10px 24px rgb(0 0 0 / .14); border-top: 0; border-bottom: 1px solid var(--line-strong); } .files { display: none; } button, .dot { min-height: 44px; min-width: 40px; } .label { display: none; } .bar { min-height: 44px; } .dot { min-width: 32px; } li:not(:first-child) .dot::before { width: 32px; } }
`;
