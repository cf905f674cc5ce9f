// How the path panel looks: a slip of paper beside the picture, or below it on a phone.

import { css } from 'lit';

export const panelStyles = css`
  :host { display: block; scroll-padding-top: 46px; background: var(--surface); color: var(--ink); font: 14px/1.5 var(--font-text); }
  :host([open]) { width: min(26rem, 36vw); }
  section { padding: 0 14px 16px; }
  header { display: flex; align-items: center; position: sticky; top: 0; background: var(--surface); padding: 6px 0 4px; z-index: 2; }
  h2 { margin: 0; flex: 1; font: 600 14px/1.4 var(--font-text); }
  h3 { margin: 12px 0 4px; font: 600 14px/1.4 var(--font-text); overflow-wrap: anywhere; }
  button { font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: var(--radius-small); cursor: pointer; }
  .close { min-width: 32px; min-height: 32px; font-size: 20px; line-height: 1; color: var(--ink-soft); }
  .close:hover { border-color: var(--line-strong); color: var(--ink); }
  .handle { display: flex; align-items: center; gap: 8px; width: 34px; height: 100%; min-height: 9rem; padding: 12px 0; writing-mode: vertical-rl; border-radius: 0; font-size: 13px; color: var(--ink-soft); }
  .handle:hover { color: var(--ink); background: var(--raised); }
  .handle svg { transform: rotate(90deg); }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: -2px; }
  code, pre { font-family: var(--font-mono); }
  code { font-size: .93em; }
  dl { margin: 0; }
  dl > div { display: grid; grid-template-columns: 6.2rem minmax(0, 1fr); gap: 8px; padding: 4px 0; border-top: 1px solid var(--line); }
  dt { color: var(--ink-soft); }
  dd { margin: 0; overflow-wrap: anywhere; }
  .served { font-weight: 600; }
  .icon { vertical-align: -3px; margin-right: 6px; }
  .path { display: inline-block; text-align: left; padding: 0; overflow-wrap: anywhere; text-decoration: underline; text-decoration-color: var(--line-strong); text-underline-offset: 3px; }
  dd .path { display: block; }
  .path:hover { text-decoration-color: currentColor; }
  .names { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 8px 0; padding: 8px 10px; list-style: none; background: var(--paper); border-radius: var(--radius-small); font: 13px/1.6 var(--font-mono); }
  pre { margin: 8px 0; padding: 8px 10px; max-height: 11rem; overflow: auto; background: var(--paper); border-radius: var(--radius-small); font-size: 12.5px; line-height: 1.5; tab-size: 4; }
  .soft { color: var(--ink-soft); }
  .problem { margin: 8px 0; }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (max-width: 800px) {
    :host([open]) { width: auto; }
    .handle { writing-mode: horizontal-tb; width: 100%; height: auto; min-height: 44px; padding: 0 14px; justify-content: center; }
    .handle svg { transform: none; }
    .path, .close { min-height: 32px; }
  }
`;
