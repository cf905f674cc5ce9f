// How the page looks, what this browser keeps of the person's work, and how to erase it.

import { LitElement, css, html, type TemplateResult } from 'lit';
import { dialogStyles } from './dialog-styles.ts';
import { eraseEverything } from './erase.ts';
import { asideActions, isAside } from './set-aside.ts';
import { change, settings, type Settings } from './settings.ts';
import type { StowageApp } from './stowage-app.ts';

type Choice = 'theme' | 'contrast' | 'size' | 'motion' | 'spoken';

const CHOICES: readonly { readonly name: Choice; readonly label: string; readonly options: readonly (readonly [value: string, label: string])[] }[] = [
  { name: 'theme', label: 'Colours', options: [['auto', 'As the system'], ['light', 'Light'], ['dark', 'Dark']] },
  { name: 'contrast', label: 'Contrast', options: [['auto', 'As the system'], ['more', 'High']] },
  { name: 'size', label: 'Type', options: [['normal', 'Usual'], ['large', 'Large'], ['projector', 'Projector']] },
  { name: 'motion', label: 'Motion', options: [['auto', 'As the system'], ['less', 'None']] },
  { name: 'spoken', label: 'Terminal', options: [['on', 'Told to screen readers'], ['off', 'Silent']] },
];

export class SettingsPanel extends LitElement {
  static override properties = { asking: { state: true }, offline: { state: true }, aside: { state: true } };
  static override styles = [dialogStyles, css`
    dialog { width: min(34rem, calc(100vw - 20px)); }
    fieldset { border: 0; margin: 0; padding: 12px 0; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; }
    legend { float: left; padding: 0; font-weight: 600; flex: 0 0 8rem; width: 8rem; }
    label { display: inline-flex; gap: 8px; align-items: center; min-height: 32px; cursor: pointer; }
    input { width: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 4px; }
    @media (max-width: 700px) { legend { flex-basis: 100%; } label { min-height: 40px; } }
  `];

  declare app: StowageApp;
  declare asking: boolean;
  declare offline: boolean;
  declare aside: boolean;

  constructor() {
    super();
    this.asking = false;
    this.offline = false;
    this.aside = false;
  }

  override render() {
    return html`
      <dialog aria-labelledby="heading" @click=${this.#outside}>
        <div class="head"><h2 id="heading">Settings</h2><button class="close" @click=${() => this.#dialog.close()}>Close</button></div>
        <div class="body">
          ${CHOICES.map((choice) => this.#choice(choice))}
          <h3>Your data</h3>
          <p>Everything stays in this browser: your hosts, your answers, your progress. No account, no server, no measuring; once loaded, the page asks nobody for anything. ${this.offline ? 'It is stored for use without a network.' : ''}</p>
          ${this.aside ? html`<p>A host that was saved could not be read, and is kept apart.</p><div class="actions">${asideActions(this.app).map(({ label, run }) => html`<button @click=${run}>${label}</button>`)}</div><br>` : ''}
          <div class="actions">
            ${this.asking
              ? html`<button class="sure" @click=${() => void eraseEverything(this.app)}>Erase everything now</button><button @click=${() => (this.asking = false)}>Keep it</button>`
              : html`<button @click=${() => (this.asking = true)}>Erase my data …</button>`}
            <button @click=${this.#keep}>Save my progress as a file</button>
          </div>
          ${this.asking ? html`<p class="soft" role="status">All hosts, lessons begun and done, answers and settings are deleted. This cannot be undone.</p>` : ''}
        </div>
      </dialog>
    `;
  }

  show(): void {
    this.asking = false;
    this.offline = Boolean(navigator.serviceWorker?.controller);
    void isAside(this.app).then((aside) => (this.aside = aside));
    this.requestUpdate();
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  #choice({ name, label, options }: (typeof CHOICES)[number]): TemplateResult {
    const choose = (value: string): void => {
      change({ [name]: value } as Partial<Settings>);
      this.requestUpdate();
    };
    return html`<fieldset><legend>${label}</legend>${options.map(([value, text]) => html`<label><input type="radio" name=${name} .checked=${settings()[name] === value} @change=${() => choose(value)}>${text}</label>`)}</fieldset>`;
  }

  readonly #keep = async (): Promise<void> => {
    const [{ progressFile }, { saveFile }] = await Promise.all([import('../lesson/progress-file.ts'), import('../lesson/save-file.ts')]);
    saveFile('stowage-progress.json', progressFile());
  };

  readonly #outside = (event: MouseEvent): void => {
    if (event.target === event.currentTarget) this.#dialog.close();
  };
}

customElements.define('settings-panel', SettingsPanel);
