// The least that such a page can be: Lit, xterm, and a prompt that nobody answers.

import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { LitElement, html } from 'lit';

class FloorPage extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
  override render() {
    return html`<h1>Floor</h1><div id="screen" style="height: 400px"></div>`;
  }
  override firstUpdated(): void {
    const terminal = new Terminal({ fontSize: 14 });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(this.querySelector<HTMLElement>('#screen')!);
    fit.fit();
    terminal.onData((text) => terminal.write(text));
    terminal.write('root@docker-host:~# ');
  }
}
customElements.define('floor-page', FloorPage);
