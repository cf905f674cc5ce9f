// The layout of the page: three panes side by side on a wide screen, one at a time on a narrow one, and the places of what comes behind the prompt.

import { css } from 'lit';

export const appStyles = css`
  :host { display: grid; grid-template-rows: auto auto minmax(0, 1fr) auto; height: 100dvh; position: relative; overflow: clip; }
  app-header:not(:defined) { min-height: 50px; background: var(--hull); }
  main { display: grid; background: var(--line); min-height: 0; grid-template: minmax(0, calc(100% - var(--picture, 45%))) auto minmax(0, 1fr) / clamp(280px, var(--lesson, 38%), 70%) 1px minmax(0, 1fr); grid-template-areas: "lesson split terminal" "lesson split time" "lesson split picture"; }
  section { min-width: 0; min-height: 0; background: var(--surface); display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
  .lesson { grid-area: lesson; }
  .terminal { grid-area: terminal; background: var(--terminal-paper); position: relative; grid-template-rows: auto minmax(0, 1fr) auto auto; }
  .terminal > * { grid-column: 1; min-width: 0; }
  .panes { grid-row: 2; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); min-height: 0; }
  .panes > * { grid-area: 1 / 1; }
  .panes > [hidden] { display: none; }
  .line { grid-row: 3; display: flex; align-items: center; gap: 12px; min-height: 30px; padding: 0 12px; background: var(--surface); border-top: 1px solid var(--line); font-size: 13px; color: var(--ink-soft); }
  mount-lens { flex: 1; min-width: 0; }
  .line .keys { margin-left: auto; white-space: nowrap; }
  kbd { font: 12px var(--font-mono); border: 1px solid var(--line-strong); border-radius: 4px; padding: 0 4px; }
  key-bar { grid-row: 4; }
  .picture { grid-area: picture; grid-template-columns: minmax(0, 1fr) auto; border-top: 1px solid var(--line); }
  time-line { grid-area: time; background: var(--surface); min-width: 0; border-top: 1px solid var(--line); }
  path-panel { min-height: 0; overflow: auto; border-left: 1px solid var(--line); }
  :is(time-line, mount-lens, path-panel, key-bar, pane-splitter):is(:not(:defined), [hidden]) { display: none; }
  terminal-tabs { min-height: 34px; border-bottom: 1px solid var(--line); background: var(--surface); }
  :is(lesson-pane, path-panel, time-line, mount-lens, terminal-tabs) { zoom: var(--type, 1); }
  .starting { grid-row: 2; margin: 0; display: grid; place-items: center; color: var(--ink-soft); animation: appear 0s .4s both; }
  @keyframes appear { from { visibility: hidden; } }
  nav { display: none; }
  .notice { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; padding: 8px 16px; background: var(--layer-soft); border-bottom: 1px solid var(--line); font-size: 14px; }
  .notice p { margin: 0; flex: 1 1 20rem; }
  button { font: inherit; color: inherit; }
  .notice button { border: 1px solid var(--line-strong); background: none; border-radius: var(--radius-small); padding: 2px 12px; min-height: 30px; cursor: pointer; }
  main[data-only="lesson"], main[data-only="terminal"], main[data-only="picture"] { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); grid-template-areas: "all" "time"; }
  main[data-only] :is(section, time-line):not([data-shown]), main[data-only] > pane-splitter { display: none; }
  main[data-only] > section { grid-area: all; }
  @media (max-width: 800px) {
    main { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); grid-template-areas: "all" "time"; }
    .lesson, .terminal, .picture { grid-area: all; visibility: hidden; }
    :is(.lesson, .terminal, .picture)[data-shown] { visibility: visible; }
    time-line:not([data-shown]), pane-splitter { display: none; }
    .picture { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); border-top: 0; }
    path-panel { max-height: 56dvh; border-left: 0; border-top: 1px solid var(--line); }
    .line .keys { display: none; }
    nav { display: grid; grid-template-columns: repeat(3, 1fr); border-top: 1px solid var(--line); background: var(--surface); padding-bottom: env(safe-area-inset-bottom); }
    nav button { border: 0; background: none; padding: 10px 4px; min-height: 48px; border-top: 3px solid transparent; cursor: pointer; color: var(--ink-soft); }
    nav button[aria-pressed="true"] { border-top-color: var(--accent); color: var(--ink); font-weight: 600; }
  }
  @media (max-width: 800px) and (max-height: 480px) { nav button { min-height: 36px; padding: 4px; } }
`;
