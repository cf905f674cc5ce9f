// How the page's dialogs look: one sheet of paper over the page.

import { css } from 'lit';

export const dialogStyles = css`
  dialog { width: min(44rem, calc(100vw - 20px)); max-height: min(46rem, calc(100dvh - 24px)); padding: 0; border: 1px solid var(--line-strong); border-radius: 14px; background: var(--surface); color: var(--ink); overflow: hidden; box-shadow: 0 24px 60px rgb(0 0 0 / .28); }
  dialog[open] { display: flex; flex-direction: column; }
  dialog::backdrop { background: rgb(10 16 22 / .5); }
  .head { display: flex; align-items: center; gap: 14px; padding: 12px 12px 12px 24px; border-bottom: 1px solid var(--line); flex: none; }
  h2 { margin: 0; font: 600 1.25rem/1.3 var(--font-display); flex: 1; }
  h3 { margin: 26px 0 6px; font: 600 1rem/1.4 var(--font-text); }
  .body { overflow-y: auto; padding: 0 24px 24px; }
  .body:focus-visible { outline-offset: -3px; }
  p { margin: 0 0 .7em; max-width: 62ch; }
  button { font: inherit; font-size: 14px; color: inherit; min-height: 34px; padding: 4px 14px; background: none; border: 1px solid var(--line-strong); border-radius: var(--radius-small); cursor: pointer; }
  button:hover { background: var(--paper); }
  .main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
  .main:hover { background: var(--accent); filter: brightness(1.08); }
  .sure { border-color: var(--bad); color: var(--bad); }
  .close { border-color: transparent; }
  kbd { font: 12.5px/1.5 var(--font-mono); border: 1px solid var(--line-strong); border-bottom-width: 2px; border-radius: 5px; padding: 0 6px; background: var(--raised); white-space: nowrap; }
  code { font-family: var(--font-mono); font-size: .92em; }
  .soft { color: var(--ink-soft); font-size: 14px; }
  @media (max-width: 700px) { .head { padding-left: 16px; } .body { padding: 0 16px 20px; } button { min-height: 44px; } }
`;
