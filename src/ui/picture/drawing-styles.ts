// How the drawing looks, on the page and in a saved file: one hue and one shape for each kind of store.

/** Only rules for what is inside of the `<svg>`; colours are the page's tokens. */
export const DRAWING_CSS = `
text { font: 400 12px var(--font-text); fill: var(--ink); }
text.name { font-size: 13.5px; font-weight: 600; }
text.code { font: 400 12.5px var(--font-mono); }
text.code.name { font-weight: 500; }
text.small { font-size: 12px; }
text.soft { fill: var(--ink-soft); }
text.end { text-anchor: end; }
text.title { font-size: 12px; font-weight: 600; fill: var(--ink-soft); letter-spacing: .02em; }
text.note { font-size: 13px; fill: var(--ink-soft); }
text.tag-text { font-size: 11px; text-anchor: middle; fill: var(--ink-soft); }
text.layer-name { fill: color-mix(in srgb, var(--layer) 75%, var(--ink)); font-weight: 600; }
.hit { fill: transparent; stroke: none; }
.glyph { fill: none; stroke: var(--ink-soft); stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round; }
.glyph.copied, .glyph.deleted, .glyph.hiding { stroke: var(--layer); stroke-width: 1.8; }
.store { stroke-width: 1.4; stroke-linejoin: round; }
.store.layer { stroke: var(--layer); fill: var(--layer-soft); }
.store.volume { stroke: var(--volume); fill: var(--volume-soft); }
.store.bind { stroke: var(--bind); fill: var(--bind-soft); }
.store.tmpfs { stroke: var(--tmpfs); fill: var(--tmpfs-soft); }
.tag { fill: var(--paper); stroke: var(--line-strong); }
.ground { fill: var(--layer); fill-opacity: .055; stroke: var(--layer); stroke-opacity: .28; }
.container .shell { fill: var(--raised); stroke: var(--line-strong); stroke-width: 1.4; }
.container.exited .shell, .container.created .shell, .container.dead .shell { stroke-dasharray: 5 4; }
.container.exited .head text, .container.created .head text { fill: var(--ink-soft); }
.lamp circle { fill: none; stroke: var(--line-strong); stroke-width: 2; }
.lamp.running circle { fill: var(--good); stroke: var(--good); }
.lamp.paused circle, .lamp.restarting circle { fill: var(--warn); stroke: var(--warn); }
.lamp.paused path { stroke: var(--raised); stroke-width: 1.8; }
.lamp.dead circle { stroke: var(--bad); }
.sheet { fill: var(--layer-soft); stroke: var(--layer); stroke-width: 1.2; }
.ear { fill: var(--raised); stroke: var(--layer); stroke-width: 1.2; stroke-linejoin: round; }
.file.deleted .code { text-decoration: line-through; fill: var(--ink-soft); }
.file.hiding .code { fill: var(--ink-soft); }
.veil { fill: var(--ink); fill-opacity: .06; stroke: var(--line-strong); stroke-dasharray: 2 3; }
.hidden-text { fill: var(--ink-soft); }
.port { stroke: var(--paper); stroke-width: 1.5; }
.port.volume, .port-tile.volume, .mark-volume { fill: var(--volume); }
.port.bind, .port-tile.bind { fill: var(--bind); }
.port.tmpfs, .port-tile.tmpfs { fill: var(--tmpfs); }
.port.readonly { fill: var(--paper); stroke-width: 2.2; }
.port.readonly.volume { stroke: var(--volume); }
.port.readonly.bind { stroke: var(--bind); }
.mark-layer { fill: var(--layer); }
.line path { fill: none; stroke-linecap: round; }
.line .halo { stroke: var(--paper); stroke-width: 6.5; }
.line .thread { stroke-width: 2.6; }
.line.volume .thread { stroke: var(--volume); }
.line.bind .thread { stroke: var(--bind); stroke-dasharray: 9 5; }
.line.tmpfs .thread { stroke: var(--tmpfs); stroke-dasharray: 1 5.5; stroke-width: 3.2; }
.line.readonly .thread { stroke-width: 1.5; }
.line.still .thread { stroke-opacity: .75; }
.drawing.compact .line:not(.readonly) .thread { stroke-width: 2; }
.drawing.tile .line .thread { stroke-width: 1.6; stroke-opacity: .6; }
.drawing.tile .line .halo { stroke-width: 3; }
.lock > circle { fill: var(--paper); stroke-width: 1.4; }
.lock .glyph { stroke: var(--ink); }
.lock.volume > circle { stroke: var(--volume); }
.lock.bind > circle { stroke: var(--bind); }
.place .shell { fill: var(--raised); stroke-width: 1.5; }
.place.volume .shell, .place.volume > .body > .top { stroke: var(--volume); }
.place.bind .shell { stroke: var(--bind); }
.place.tmpfs .shell { stroke: var(--tmpfs); }
.place.volume > .body > .top { fill: var(--volume-soft); stroke-width: 1.5; }
.place.volume .shell { fill: color-mix(in srgb, var(--volume-soft) 40%, var(--raised)); }
.place.bind > .body > .top { fill: var(--bind-soft); }
.place.tmpfs > .body > .top { fill: var(--tmpfs-soft); }
.place.anonymous .shell { stroke-dasharray: 7 3; }
.place.missing .shell, .place.gone .shell { stroke-dasharray: 3 4; fill: none; }
.place.missing > .body > .top, .place.gone > .body > .top { fill: none; }
.place.missing text.name, .place.gone text.name { fill: var(--ink-soft); }
.slab > .body > .top { fill: color-mix(in srgb, var(--layer-soft) 70%, var(--surface)); stroke: var(--layer); stroke-opacity: .75; }
.slab > .body > .edge { fill: var(--layer); fill-opacity: .5; }
`;
