// What the builder says about several services, told as one build of bake.

import type { Stream } from '../../api/engine-client.ts';
import type { JsonMessage } from '../../api/image.ts';

export class BuildReport {
  readonly #several: boolean;
  /** Steps told so far, that of bake included. */
  #last = 1;
  /** Steps that other services had, too: they are taken once. */
  readonly #told = new Set<string>();
  /** Lines of the Dockerfile around what failed: part of the error here. */
  excerpt: readonly string[] = [];

  constructor(several: boolean) {
    this.#several = several;
  }

  begin(size: number): string {
    return `#1 [internal] load local bake definitions\n#1 reading from stdin ${size}B done\n#1 DONE 0.0s\n\n`;
  }

  /** The steps numbered on, and named by their service where there are several. */
  renamed(messages: Stream<JsonMessage>, service: string): Stream<JsonMessage> {
    const several = this.#several;
    let open = '';
    let done = false;
    let held: JsonMessage | undefined;
    const cut = (text: string): string => {
      const at = text.search(/^\S+:\d+\n-{20}$/m);
      if (at < 0) return text.trimEnd();
      this.excerpt = text.slice(at).trimEnd().split('\n');
      return text.slice(0, at).trimEnd();
    };
    const numbers = new Map<string, number>();
    const told = new Set(this.#told);
    const change = (step: string): string => {
      const [, own = '', title = ''] = /^#(\d+) ([^\n]*)/.exec(step) ?? [];
      if (!own) return step.trimStart().startsWith('\u001B[33m') ? '' : step.replace(/^( > \[)/m, several ? `$1${service} ` : '$1');
      if (title.startsWith('[')) {
        if (told.has(title)) return '';
        this.#told.add(title);
      }
      if (!numbers.has(own)) numbers.set(own, ++this.#last);
      const name = several ? service : '';
      return step.replace(/^#\d+ /gm, `#${numbers.get(own)} `).replace(/^(#\d+ )(\[)?(exporting to image\n)?/, (_, number: string, bracket = '', exporting = '') =>
        `${number}${bracket && name ? `[${name} ` : bracket}${exporting && name ? `[${name}] ` : ''}${exporting}`);
    };
    return {
      *next() {
        for (;;) {
          const end = open.indexOf('\n\n');
          if (end >= 0 || (done && open)) {
            const step = end >= 0 ? open.slice(0, end + 2) : open;
            open = open.slice(step.length);
            const text = change(step);
            // A blank line between any two.
            if (text) return { stream: held ? text.replace(/\n+$/, '\n') : text.endsWith('\n\n') || !text.startsWith('#') ? text : `${text}\n` };
            continue;
          }
          if (done) return undefined;
          if (held) {
            const message = held;
            held = undefined;
            return message;
          }
          const message = yield* messages.next();
          if (message?.stream !== undefined) open += message.stream;
          else if (message && open) [held, open] = [message, `${cut(open)}\n\n`];
          else if (message) return message;
          else done = true;
        }
      },
      close: () => messages.close(),
    };
  }

  end(services: readonly string[]): string {
    return services.map((name) => `#${++this.#last} ${this.#several ? `[${name}] ` : ''}resolving provenance for metadata file\n#${this.#last} DONE 0.0s\n`).join('\n');
  }
}
