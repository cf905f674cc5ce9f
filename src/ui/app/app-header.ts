// The page's header: its name, the lesson's, menus (slot `menu`), and the doors to commands, settings and help.

import { LitElement, css, html, nothing } from 'lit';
import './settings.ts';

/** Fires `show-commands`, `show-settings`, `show-help` and `show-lessons`. */
export class AppHeader extends LitElement {
  static override properties = { lesson: {} };
  static override styles = css`
    :host { --ink: #eef3f4; display: flex; align-items: center; gap: 6px 14px; padding: 0 16px; min-height: 50px; background: var(--hull); color: var(--ink); position: relative; }
    /* The waterline: the four places where bytes lie, each in its hue and its stroke. */
    :host::after { content: ""; position: absolute; inset: auto 0 0; height: 3px; background:
      linear-gradient(90deg, var(--hull-layer) 25%, var(--hull-volume) 25% 50%, transparent 50%),
      repeating-linear-gradient(90deg, var(--hull-bind) 0 14px, transparent 14px 20px) 66.7% 0 / 25% 100% no-repeat,
      repeating-linear-gradient(90deg, var(--hull-tmpfs) 0 4px, transparent 4px 9px) 100% 0 / 25% 100% no-repeat; }
    .name { display: flex; align-items: center; gap: 10px; margin: 0; font: 600 20px/1 var(--font-display); letter-spacing: -.005em; }
    .lesson { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .lesson::before { content: "/"; color: var(--hull-soft); margin-right: 12px; }
    .end { margin-left: auto; display: flex; gap: 4px; align-items: center; flex: none; }
    button, ::slotted(button) { font: inherit; font-size: 14px; display: inline-flex; gap: 8px; align-items: center; min-height: 34px; padding: 2px 10px; color: inherit; background: none; border: 1px solid transparent; border-radius: var(--radius-small); cursor: pointer; }
    button:hover { background: #ffffff1f; }
    button:focus-visible { outline-color: #ffd479; }
    .lesson button { padding: 2px 4px; text-align: left; }
    kbd { font: 12px var(--font-mono); border: 1px solid var(--hull-soft); border-radius: 4px; padding: 0 5px; }
    kbd::after { content: attr(data-key); }
    svg { flex: none; }
    @media (max-width: 1000px) { kbd, .word { display: none; } button { min-width: 40px; justify-content: center; } }
    @media (max-width: 800px) { :host { padding: 0 8px 0 12px; gap: 8px; } .lesson { display: none; } button { min-height: 44px; } }
    @media (max-width: 800px) and (max-height: 480px) { :host { min-height: 40px; } button { min-height: 36px; } }
  `;

  declare lesson: string | undefined;

  override render() {
    const door = (event: string, label: string, icon: unknown, key?: string) => html`
      <button @click=${() => this.dispatchEvent(new CustomEvent(event, { bubbles: true, composed: true }))} aria-label=${label} title=${label} aria-keyshortcuts=${key ?? nothing}>${icon}<span class="word" aria-hidden="true">${label}</span>${key ? html`<kbd data-key=${key}></kbd>` : nothing}</button>`;
    return html`
      <h1 class="name"><svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect x="4" y="4" width="24" height="6" rx="1.5" fill="var(--hull-layer)"/><path d="M4 14.5C4 11.5 28 11.5 28 14.5V19C28 22 4 22 4 19Z" fill="var(--hull-volume)"/><path d="M2 23H30L26 30H6Z" fill="#eef3f4"/></svg>Stowage</h1>
      <div class="lesson">${this.lesson ? door('show-lessons', this.lesson, nothing) : nothing}</div>
      <div class="end">
        <slot name="menu"></slot>
        ${door('show-commands', 'Commands', html`<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5 14 14"/></svg>`, 'F1')}
        ${door('show-settings', 'Settings', html`<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M1 4.5H8M12 4.5H15M1 11.5H4M8 11.5H15"/><circle cx="10" cy="4.5" r="2"/><circle cx="6" cy="11.5" r="2"/></svg>`)}
        ${door('show-help', 'Help', html`<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M5.2 6A2.8 2.8 0 1 1 8 8.8V10.5M8 12.4V14"/></svg>`)}
      </div>
    `;
  }
}
