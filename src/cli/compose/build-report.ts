// What the builder says about several services, told as one build of bake.

import type { Stream } from '../../api/engine-client.ts';
import type { JsonMessage } from '../../api/image.ts';

export class BuildReport {
  readonly #several: boolean;
  /** Steps told so far, that of bake included. */
  #last = 1;
  /** Steps that other services had, too: they are taken once. */
  readonly #told = new Set<string>();

  constructor(several: boolean) {
    this.#several = several;
  }

  begin(size: number): string {
    return `#1 [internal] load local bake definitions\n#1 reading from stdin ${size}B done\n#1 DONE 0.0s\n\n`;
  }

  /** The steps numbered on, and named by their service where there are several. */
  renamed(messages: Stream<JsonMessage>, service: string): Stream<JsonMessage> {
    let open = '';
    let done = false;
    const numbers = new Map<string, number>();
    const told = new Set(this.#told);
    const change = (step: string): string => {
      const [, own = '', title = ''] = /^#(\d+) ([^\n]*)/.exec(step) ?? [];
      if (!own) return step.trimStart().startsWith('\u001B[33m') ? '' : step;
      if (title.startsWith('[')) {
        if (told.has(title)) return '';
        this.#told.add(title);
      }
      if (!numbers.has(own)) numbers.set(own, ++this.#last);
      const name = this.#several ? service : '';
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
            if (text) return { stream: text };
            continue;
          }
          if (done) return undefined;
          const message = yield* messages.next();
          if (message?.stream !== undefined) open += message.stream;
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
