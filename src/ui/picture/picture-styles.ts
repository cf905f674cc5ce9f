// The picture's frame, its tools and its table; what one points at, and what has just changed.

import { css, unsafeCSS } from 'lit';
import { DRAWING_CSS } from './drawing-styles.ts';

export const pictureStyles = css`
  ${unsafeCSS(DRAWING_CSS)}
  :host { display: grid; grid-template-rows: auto minmax(0, 1fr); min-height: 0; min-width: 0; background: var(--paper); position: relative; }
  .view { overflow: auto; min-height: 0; min-width: 0; position: relative; overscroll-behavior: contain; touch-action: pan-x pan-y pinch-zoom; scrollbar-width: thin; scrollbar-color: var(--line-strong) transparent; }
  .view:focus-visible { outline: 3px solid var(--focus); outline-offset: -3px; }
  .view.dragging { cursor: grabbing; user-select: none; }
  svg.drawing { display: block; overflow: visible; }
  .waiting { margin: 14px 18px; color: var(--ink-soft); font-size: 14px; }

  .item, .fetch { cursor: pointer; outline: none; }
  .item:hover > .hit, .fetch:hover > .hit { fill: var(--ink); fill-opacity: .07; }
  .item:focus-visible > .hit, .fetch:focus-visible > .hit { stroke: var(--focus); stroke-width: 2.5; }
  .fetch .glyph, .fold { opacity: .75; }
  .fetch:hover .glyph, .fetch:focus-visible .glyph { opacity: 1; stroke: var(--ink); }
  .lines .thread, .lines .halo { transition: stroke-width calc(.12s * var(--motion)); }
  svg.drawing.drawing .line.hot.hot > .thread { stroke-width: 4.5; stroke-opacity: 1; }
  .pointing .line:not(.hot) { opacity: .25; }
  .row.fresh .file > .hit { fill: var(--layer); fill-opacity: .1; }
  .place .row.fresh .file > .hit { fill: var(--volume); }
  .place.bind .row.fresh .file > .hit { fill: var(--bind); }
  .place.tmpfs .row.fresh .file > .hit { fill: var(--tmpfs); }
  .below > .body > .top { stroke-width: 3; stroke-opacity: 1; }
  .aimed .shell { stroke-width: 3.5; }
  .spotlit .card:not(.tray, .spot, :has(.spot)), .spotlit .line:not(.spot), .spotlit .lock { opacity: var(--dim); }
  .card.spot .shell, .slab.spot > .body > .top { stroke-width: 2.5; stroke-opacity: 1; }
  .card.spot { filter: drop-shadow(0 0 1.5px var(--halo)) drop-shadow(0 0 9px var(--halo)); }
  .row.spot .hit { fill: var(--focus); fill-opacity: .18; stroke: var(--focus); stroke-width: 1.5; }
  .line.spot > .thread { stroke-opacity: 1; }
  svg.drawing { --halo: color-mix(in srgb, var(--focus) 65%, transparent); }
  .lit { position: absolute; z-index: 1; left: 50%; bottom: 14px; translate: -50%; max-width: calc(100% - 28px); display: flex; gap: 10px; align-items: center; font: inherit; font-size: 13.5px; line-height: 1.3; min-height: 36px; padding: 4px 14px; color: var(--ink); background: var(--raised); border: 2px solid var(--focus); border-radius: 20px; box-shadow: 0 3px 14px rgb(0 0 0 / .18); cursor: pointer; }
  .lit span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  .lit b { font-size: 17px; font-weight: 400; color: var(--ink-soft); }
  .lit:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
  .card, .line, .lock { transition: opacity calc(.35s * var(--motion)); }
  .card.spot { animation: lit calc(.7s * var(--motion)) ease-out; }
  @keyframes lit { from { filter: drop-shadow(0 0 1.5px transparent) drop-shadow(0 0 24px var(--halo)); } }

  .tools { display: flex; gap: 4px; align-items: center; padding: 2px 8px 2px 14px; min-height: 34px; justify-content: flex-end; border-bottom: 1px solid var(--line); background: var(--surface); min-width: 0; }
  .tools h2 { margin: 0 auto 0 0; font-size: 13px; font-weight: 600; color: var(--ink); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0; }
  .tools button { font: inherit; font-size: 13px; line-height: 1; color: var(--ink-soft); background: none; border: 1px solid transparent; border-radius: var(--radius-small, 6px); min-height: 28px; min-width: 28px; padding: 0 7px; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; gap: 5px; white-space: nowrap; }
  .tools button:hover { color: var(--ink); border-color: var(--line-strong); }
  .tools button[aria-pressed="true"] { color: var(--ink); border-color: var(--line-strong); background: var(--raised); }
  .tools svg { width: 15px; height: 15px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .tools input { font: inherit; font-size: 13px; color: var(--ink); background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-small, 6px); min-height: 28px; padding: 0 8px; width: 130px; min-width: 60px; }
  .tools :focus-visible, .menu :focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
  .tools select { font: inherit; font-size: 13px; color: var(--ink-soft); background: var(--surface); border: 1px solid transparent; border-radius: var(--radius-small, 6px); min-height: 28px; padding: 0 4px; }
  .tools select:hover { color: var(--ink); border-color: var(--line-strong); }
  .zoom { min-width: 44px; text-align: center; font-variant-numeric: tabular-nums; }
  .menu { position: absolute; z-index: 2; right: 8px; top: 38px; display: grid; background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius-small, 6px); padding: 4px; box-shadow: 0 6px 20px rgb(0 0 0 / .18); }
  .menu button { font: inherit; font-size: 14px; text-align: left; color: var(--ink); background: none; border: 0; border-radius: 4px; padding: 7px 12px; cursor: pointer; }
  .menu button:hover { background: color-mix(in srgb, var(--ink) 8%, transparent); }
  @media (max-width: 480px) { .tools h2 span, .tools .zoom, .tools.many h2 { display: none; } .tools input { flex: 1; } .tools { gap: 0; } }
  @media (max-width: 800px) { .tools button { min-height: 40px; min-width: 36px; } .tools input { min-height: 36px; font-size: 16px; width: 100px; } .menu { top: 46px; } .menu button { padding: 11px 14px; } }

  .table { padding: 12px 16px 20px; font-size: 14px; line-height: 1.45; }
  .table table { border-collapse: collapse; width: 100%; margin: 0 0 18px; }
  .table caption { text-align: left; font-weight: 600; padding: 4px 0; }
  .table th, .table td { text-align: left; vertical-align: top; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
  .table thead th { color: var(--ink-soft); font-size: 13px; }
  .table tbody th { font-weight: 600; }
  .table ul { margin: 0; padding: 0; list-style: none; }
  .table code { font-family: var(--font-mono); font-size: 13px; }
  .table .ask { font: inherit; color: inherit; background: none; border: 0; padding: 2px 0; min-height: 24px; cursor: pointer; text-decoration: underline; text-decoration-color: var(--line-strong); text-underline-offset: 3px; text-align: left; }
  .table button:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; border-radius: 2px; }
  .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  @media (forced-colors: active) {
    svg.drawing { forced-color-adjust: none; }
    .item:focus-visible > .hit { stroke: Highlight; }
  }
`;
