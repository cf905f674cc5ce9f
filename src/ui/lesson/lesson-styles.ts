// How a lesson reads: one comfortable column, commands in the terminal's own dress.

import { css } from 'lit';

export const buttonStyles = css`
  button { font: inherit; font-size: 14px; min-height: 34px; padding: 3px 14px; color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-small); cursor: pointer; }
  button:hover { border-color: var(--ink); }
  button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600; }
  button:disabled { opacity: .55; cursor: default; }
`;

export const textStyles = css`
  p { margin: 0 0 .8em; }
  p:last-child { margin-bottom: 0; }
  code { font-family: var(--font-mono); font-size: .9em; background: color-mix(in srgb, var(--line) 45%, transparent); border-radius: 4px; padding: .08em .32em; overflow-wrap: anywhere; }
  a { color: var(--accent); }
`;

export const lessonStyles = [buttonStyles, textStyles, css`
  :host { display: block; min-height: 0; overflow-y: auto; background: var(--surface); scrollbar-gutter: stable; }
  .page { max-width: 40rem; margin: 0 auto; padding: 26px 28px 64px; outline: none; }
  .where { display: flex; gap: 12px; align-items: center; color: var(--ink-soft); font-size: 14px; margin: 0 0 10px; }
  .where button { min-height: 28px; padding: 0 10px; }
  h1 { font: 600 1.9rem/1.2 var(--font-display); letter-spacing: -.01em; margin: 4px 0 10px; text-wrap: balance; }
  .summary { font-size: 1.06rem; color: var(--ink-soft); }
  .progress { display: flex; gap: 5px; align-items: center; margin: 0 0 26px; font-size: 13px; color: var(--ink-soft); }
  .progress span { width: 34px; height: 7px; border-radius: 4px; border: 1px solid var(--line-strong); }
  .progress span.done { background: var(--good); border-color: var(--good); }
  .progress b { font-weight: 500; margin-left: 6px; }
  .prose { margin-bottom: 1.1em; }
  .note .prose { margin-bottom: 0; }
  .prose h2 { font: 600 1.28rem/1.3 var(--font-display); margin: 1.8em 0 .5em; }
  .prose ul, .prose ol { padding-left: 1.3em; margin: 0 0 .8em; }
  .prose li { margin-bottom: .25em; }
  .prose table { border-collapse: collapse; font-size: .94em; margin: 0 0 1em; }
  .prose th, .prose td { border-bottom: 1px solid var(--line); padding: 5px 14px 5px 0; text-align: left; vertical-align: top; }
  pre { position: relative; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 11px 14px; margin: 0 0 1em; font-size: 14px; line-height: 1.5; overflow-x: auto; }
  pre code { background: none; padding: 0; font-size: inherit; }
  pre[data-run] code { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
  pre[data-run] { background: var(--terminal-paper); display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
  pre[data-run] button { font-family: var(--font-text); font-size: 13px; min-height: 28px; padding: 0 10px; flex: none; }
  .note { border-left: 4px solid var(--line-strong); padding: 2px 0 2px 16px; margin: 0 0 1.4em; }
  .note h3 { margin: 0 0 .3em; font-size: 1rem; }
  .broken { border: 2px solid var(--bad); border-radius: var(--radius); padding: 12px 18px 14px; margin: 0 0 1.2em; background: var(--raised); }
  .broken .prose { margin-bottom: 10px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .end { margin-top: 2em; color: var(--ink-soft); font-size: 14px; }
  @media (max-width: 800px) { .page { padding: 20px 18px 48px; } }
`];
