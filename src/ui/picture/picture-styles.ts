// How the picture looks: one hue per kind of store, edges that differ too.

import { css } from 'lit';

export const pictureStyles = css`
  :host { display: block; min-height: 0; min-width: 0; background: var(--paper); }
  .board { position: relative; height: 100%; overflow: auto; display: grid; grid-template-columns: minmax(220px, 1fr) minmax(220px, 1fr); column-gap: clamp(24px, 7%, 72px); align-items: start; padding: 14px 18px 24px; font-size: 14px; line-height: 1.4; }
  .lines { position: absolute; inset: 0 0 auto 0; width: 100%; pointer-events: none; overflow: visible; }
  .lines path { fill: none; stroke-width: 2.5; stroke-linecap: round; }
  .lines path.volume { stroke: var(--volume); }
  .lines path.bind { stroke: var(--bind); stroke-dasharray: 8 4; }
  .lines path.tmpfs { stroke: var(--tmpfs); stroke-dasharray: 1.5 5; }
  .lines path.readonly { stroke-width: 1.5; opacity: .8; }
  .column { display: grid; gap: 14px; position: relative; min-width: 0; }
  h2 { margin: 0; font-size: 12px; font-weight: 600; letter-spacing: .04em; color: var(--ink-soft); }
  h3, h4 { margin: 0; font-size: inherit; font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
  h4 { font-weight: 500; display: flex; gap: 6px; align-items: center; color: var(--layer); }
  code, .name { font-family: var(--font-mono); font-size: 13px; overflow-wrap: anywhere; }
  .icon { flex: none; }
  article { background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); overflow: clip; min-width: 0; }
  header { display: flex; gap: 8px; align-items: center; padding: 8px 12px; }
  .state { margin-left: auto; color: var(--ink-soft); font-size: 12.5px; text-align: right; }
  footer { padding: 5px 12px 7px; color: var(--ink-soft); font-size: 12.5px; }
  .container footer { border-top: 1px solid var(--line); background: repeating-linear-gradient(0deg, transparent 0 4px, color-mix(in srgb, var(--line) 45%, transparent) 4px 5px); }
  .container footer code { background: var(--raised); }
  .lamp { width: 10px; height: 10px; border-radius: 50%; border: 2px solid var(--line-strong); flex: none; }
  .running .lamp { background: var(--good); border-color: var(--good); }
  .paused .lamp { background: linear-gradient(90deg, var(--warn) 0 35%, transparent 35% 65%, var(--warn) 65%); border-color: var(--warn); border-radius: 2px; }
  .mounts { list-style: none; margin: 0; padding: 0 0 6px; }
  .mounts li { display: flex; gap: 8px; align-items: center; padding: 3px 12px; }
  .tag { font-size: 12px; border: 1px solid var(--line-strong); border-radius: 4px; padding: 0 5px; color: var(--ink-soft); }
  .layer { border-top: 1px solid var(--line); background: var(--layer-soft); padding: 7px 12px; }
  .files { list-style: none; margin: 4px 0 0; padding: 0; display: grid; gap: 1px; }
  .files li { display: flex; gap: 10px; justify-content: space-between; }
  .files .name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .files .what { color: var(--ink-soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 62%; }
  .files q { quotes: "“" "”"; color: var(--ink); }
  .fetch { font: inherit; line-height: 1; flex: none; margin-left: auto; min-width: 24px; min-height: 22px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); color: var(--ink-soft); cursor: pointer; }
  .fetch:hover { color: var(--ink); border-color: var(--line-strong); }
  .files .whiteout .name { text-decoration: line-through; }
  .files .more, .empty { color: var(--ink-soft); margin: 2px 0 0; }
  .place { border-left-width: 5px; }
  .place .files, .place .empty { padding: 0 12px; }
  .place.volume { border-left-color: var(--volume); background: linear-gradient(var(--volume-soft), var(--volume-soft)) no-repeat top / 100% 38px, var(--raised); }
  .place.bind { border-left-color: var(--bind); border-left-style: dashed; background: linear-gradient(var(--bind-soft), var(--bind-soft)) no-repeat top / 100% 38px, var(--raised); }
  .place.tmpfs { border-left-color: var(--tmpfs); border-left-style: dotted; background: linear-gradient(var(--tmpfs-soft), var(--tmpfs-soft)) no-repeat top / 100% 38px, var(--raised); }
  .place.missing { opacity: .75; }
  .nothing { color: var(--ink-soft); margin: 4px 0 0; }
  @media (max-width: 480px) { .board { grid-template-columns: 1fr; row-gap: 22px; } .lines { display: none; } }
`;
