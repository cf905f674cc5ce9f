// Help: the page in a minute, its keys, what is simulated and what is not, and where the work is kept.

import { LitElement, css, html, type TemplateResult } from 'lit';
import { storeIcon } from '../picture/store-icon.ts';
import { dialogStyles } from './dialog-styles.ts';
import type { StowageApp } from './stowage-app.ts';

const keys = (rows: readonly (readonly [string, string])[]): TemplateResult =>
  html`<dl class="keys">${rows.map(([key, what]) => html`<div><dt>${key.split(' ').map((each) => html`<kbd>${each}</kbd> `)}</dt><dd>${what}</dd></div>`)}</dl>`;

const SECTIONS: readonly { readonly id: string; readonly title: string; readonly body: () => TemplateResult }[] = [
  {
    id: 'page', title: 'The page', body: () => html`
      <p>On the left a lesson, on the right a Docker host. Do in the terminal what the lesson asks, in any way you like: a task is done when the <em>state</em> of the host is right, whatever you typed. The picture shows every place where bytes lie, and changes with each command.</p>
      <ul class="legend">
        <li>${storeIcon('layer')}<b>Writable layer</b> what a container writes into its own file system; gone with the container</li>
        <li>${storeIcon('volume')}<b>Volume</b> kept by Docker under a name; outlives containers</li>
        <li>${storeIcon('bind')}<b>Bind mount</b> a directory or file of the host, seen inside</li>
        <li>${storeIcon('tmpfs')}<b>tmpfs</b> memory; gone when the container stops</li>
      </ul>
      <p>Nothing you do here can break anything: start over, go back, try again. In the lesson, a button puts a command at the prompt; Enter is yours.</p>`,
  },
  {
    id: 'keys', title: 'Keys', body: () => html`
      ${keys([
        ['F1', 'commands of the page, by name (also Ctrl Shift P)'],
        ['F6', 'from part to part of the page, and out of the terminal'],
        ['Shift+F6', 'the same, backwards'],
        ['Alt+Shift+Z', 'take the last command back, from inside the terminal too (on a Mac ⌘Z)'],
        ['Alt+Shift+Y', 'do it again (⌘⇧Z)'],
        ['Tab', 'in the terminal: complete. Anywhere else: the next control'],
        ['← → ↑ ↓', 'on a line between two parts: move it. On terminal tabs: change'],
      ])}
      <p>The terminal takes every other key, as a terminal does: to leave it by keyboard press <kbd>F6</kbd>. On a keyboard without function keys that is usually Fn and 6; a screen reader may want the key passed through.</p>
      <h4>At the prompt, as in bash</h4>
      ${keys([
        ['↑ Ctrl+R', 'commands of before; look for one'],
        ['Ctrl+A Ctrl+E', 'begin and end of the line'],
        ['Ctrl+C Ctrl+D', 'interrupt; end of input. With a selection, Ctrl+C copies'],
        ['Ctrl+V', 'paste'],
        ['Ctrl+P Ctrl+Q', 'let a container go without stopping it'],
      ])}`,
  },
  {
    id: 'simulated', title: 'What is simulated', body: () => html`
      <p>Docker Engine 28.5 with the overlay2 storage driver on a Debian host with bash and GNU tools; in the <code>busybox</code> image BusyBox. What it prints and what it leaves on disk is compared with recordings of the real one. It is no real kernel and no virtual machine: it is a model, in this page, that behaves as they do where data are concerned.</p>
      <p>Three things can happen to a command, and they are never mixed up: it runs; it is refused, in the real program's words; or Stowage says <q>not simulated</q>, in its own. Nothing is silently accepted. At the prompt, <code>not-simulated</code> lists the programs that are there in name only.</p>
      <p>Not simulated: swarm, contexts, plugins, registries beyond the built-in images (<code>busybox</code>, <code>alpine</code>, <code>debian</code>, <code>ubuntu</code>, <code>nginx</code>, <code>postgres</code>, <code>keinos/sqlite3</code>, <code>notes</code>, <code>myapp</code>); quotas, SELinux labels, user namespaces, IPv6. Memory and CPU limits are accepted and shown, without effect; in <code>docker stats</code> a process has always the same memory, and traffic is not counted.</p>
      <p>Engine 29 made the containerd image store the default for new installations: layers then lie elsewhere on the host than in the overlay2 directories that you see here. Volumes, binds and tmpfs are as they were.</p>`,
  },
  {
    id: 'data', title: 'Your work', body: () => html`
      <p>Each lesson has a host of its own, kept in this browser as you left it. The page works without a network once it has been loaded, and can be installed from the browser's menu. It never sends anything anywhere. Erasing everything is in the settings.</p>`,
  },
];

export class HelpPanel extends LitElement {
  static override styles = [dialogStyles, css`
    nav { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 12px 0 0; }
    nav button { border: 0; background: none; padding: 2px 0; min-height: 30px; text-decoration: underline; text-underline-offset: 3px; color: var(--accent); }
    section:focus { outline: none; }
    h3 { font: 600 1.12rem/1.4 var(--font-display); }
    h4 { margin: 16px 0 6px; font-size: 14px; color: var(--ink-soft); }
    .legend { list-style: none; margin: 0 0 12px; padding: 0; display: grid; gap: 6px; }
    .legend li { display: grid; grid-template-columns: 22px 8.5rem 1fr; align-items: start; }
    .legend svg { margin-top: 4px; }
    .keys { margin: 0 0 10px; }
    .keys div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 12px; padding: 5px 0; border-top: 1px solid var(--line); }
    dd { margin: 0; }
    @media (max-width: 520px) { .legend li { grid-template-columns: 22px 1fr; } .legend b { grid-column: 2; } .legend li { column-gap: 0; } .keys div { grid-template-columns: 1fr; gap: 2px; } }
  `];

  declare app: StowageApp;

  override render() {
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <div class="head"><h2 id="heading">Help</h2><button class="close" @click=${() => this.#dialog.close()}>Close</button></div>
        <div class="body" tabindex="0" role="region" aria-labelledby="heading">
          <nav aria-label="Sections of the help">${SECTIONS.map(({ id, title }) => html`<button @click=${() => this.#go(id)}>${title}</button>`)}</nav>
          ${SECTIONS.map(({ id, title, body }) => html`<section id=${id} tabindex="-1" aria-labelledby="${id}-title"><h3 id="${id}-title">${title}</h3>${body()}</section>`)}
        </div>
      </dialog>
    `;
  }

  /** @param at the section to begin with */
  show(at?: string): void {
    if (!this.#dialog.open) this.#dialog.showModal();
    if (at) this.#go(at);
    else this.renderRoot.querySelector('.body')!.scrollTop = 0;
  }

  #go(id: string): void {
    const section = this.renderRoot.querySelector<HTMLElement>(`#${id}`)!;
    section.scrollIntoView();
    section.focus({ preventScroll: true });
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#dialog.close();
  };
}

customElements.define('help-panel', HelpPanel);
