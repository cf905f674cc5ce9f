// How a drill looks: a question, and three steps that open one after another.

import { css } from 'lit';
import { buttonStyles, textStyles } from './lesson-styles.ts';

export const drillStyles = [buttonStyles, textStyles, css`
  :host { display: block; }
  .where { display: flex; gap: 12px; align-items: center; color: var(--ink-soft); font-size: 14px; margin: 0 0 10px; }
  .where button { min-height: 28px; padding: 0 10px; }
  h1 { font: 600 1.9rem/1.2 var(--font-display); letter-spacing: -.01em; margin: 4px 0 18px; text-wrap: balance; }
  h2 { font: 600 1.15rem/1.3 var(--font-display); margin: 0 0 10px; display: flex; gap: 10px; align-items: center; }
  h2 b { width: 26px; height: 26px; border-radius: 50%; border: 1.5px solid var(--line-strong); display: grid; place-items: center; font: 600 14px/1 var(--font-text); }
  h3 { font-size: 1rem; margin: 18px 0 8px; }
  section { border-top: 1px solid var(--line); padding: 18px 0 10px; }
  .prose { margin-bottom: 1em; }
  .past { color: var(--ink-soft); }
  .actions { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
  .quiet { background: none; border-color: transparent; color: var(--ink-soft); text-decoration: underline; text-underline-offset: 3px; padding: 3px 0; }
  .timer { font-variant-numeric: tabular-nums; font-weight: 600; }
  .timer.over { color: var(--warn); }
  blockquote { margin: 0 0 14px; padding: 2px 0 2px 18px; border-left: 4px solid var(--accent); font-size: 1.06rem; }
  fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; }
  legend { padding: 0; font-weight: 600; margin-bottom: 4px; }
  label { display: flex; gap: 10px; align-items: baseline; padding: 6px 8px; border-radius: var(--radius-small); cursor: pointer; }
  label:hover { background: var(--raised); }
  input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); flex: none; position: relative; top: 3px; }
  .score { font-weight: 600; margin: 8px 0 14px; }
  .often { background: var(--layer-soft); border-left: 4px solid var(--warn); border-radius: var(--radius-small); padding: 10px 14px; }
  .often q { font-style: italic; }
  .finished { background: color-mix(in srgb, var(--good) 14%, transparent); border-radius: var(--radius); padding: 14px 18px; margin-top: 8px; }
  .finished p { font-weight: 600; margin: 0 0 10px; }
  .finished button { margin: 0 8px 6px 0; text-align: left; }
  @media (max-width: 800px) { button { min-height: 40px; } label { min-height: 40px; box-sizing: border-box; } }
`];
