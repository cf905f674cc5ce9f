// The terminal's sixteen colours, readable on light and on dark paper.

import type { ITheme } from '@xterm/xterm';

const LIGHT: ITheme = {
  black: '#1d2328', red: '#a8261c', green: '#17703a', yellow: '#8a5300', blue: '#1f4fa3', magenta: '#8a2a76', cyan: '#0b6b64', white: '#c9c3b6',
  brightBlack: '#6b7278', brightRed: '#c4342a', brightGreen: '#1d8a48', brightYellow: '#a66500', brightBlue: '#2a62c9', brightMagenta: '#a6358f', brightCyan: '#0d8078', brightWhite: '#1d2328',
};
const DARK: ITheme = {
  black: '#0b1015', red: '#ff8d80', green: '#6fd08c', yellow: '#f0b45a', blue: '#8ab8ff', magenta: '#e39be0', cyan: '#4fd1c1', white: '#dfe7ec',
  brightBlack: '#7d8d99', brightRed: '#ffaba1', brightGreen: '#93e3aa', brightYellow: '#ffcd85', brightBlue: '#aecdff', brightMagenta: '#f1bdef', brightCyan: '#7de6d8', brightWhite: '#ffffff',
};

/** As the page's variables say now. */
export function terminalTheme(): ITheme {
  const probe = document.createElement('span');
  probe.style.cssText = 'background-color: var(--terminal-paper); color: var(--terminal-ink); outline-color: var(--accent)';
  document.body.append(probe);
  // As `rgb(…)`, with `light-dark()` decided.
  const { backgroundColor: paper, color: ink, outlineColor: accent } = getComputedStyle(probe);
  probe.remove();
  const isDark = Number(/\d+/.exec(paper)?.[0] ?? 255) < 0x80;
  return {
    ...(isDark ? DARK : LIGHT), background: paper, foreground: ink, cursor: accent, cursorAccent: paper, selectionBackground: isDark ? '#35506a' : '#bcd6f2',
    scrollbarSliderBackground: isDark ? '#ffffff22' : '#00000018', scrollbarSliderHoverBackground: isDark ? '#ffffff44' : '#00000030', scrollbarSliderActiveBackground: isDark ? '#ffffff66' : '#00000050',
  };
}
