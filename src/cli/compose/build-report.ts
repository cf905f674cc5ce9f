// What the builder says about several services, told as one build of bake.

import type { Stream } from '../../api/engine-client.ts';
import type { JsonMessage } from '../../api/image.ts';

export class BuildReport {
  readonly #several: boolean;
  /** Steps told so far, that of bake included. */
  #last = 1;

  constructor(several: boolean) {
    this.#several = several;
  }

  begin(size: number): string {
    return `#1 [internal] load local bake definitions\n#1 reading from stdin ${size}B done\n#1 DONE 0.0s\n\n`;
  }

  /** The steps numbered on, and named by their service where there are several. */
  renamed(messages: Stream<JsonMessage>, service: string): Stream<JsonMessage> {
    const before = this.#last;
    const change = (text: string): string => text.replace(/^#(\d+) (\[)?/gm, (_, number: string, bracket = '') => {
      const step = before + Number(number);
      this.#last = Math.max(this.#last, step);
      return `#${step} ${bracket && this.#several ? `[${service} ` : bracket}`;
    }).replace(/^(#\d+ )exporting to image$/gm, `$1${this.#several ? `[${service}] ` : ''}exporting to image`);
    return {
      *next() {
        const message = yield* messages.next();
        return message?.stream === undefined ? message : { ...message, stream: change(message.stream) };
      },
      close: () => messages.close(),
    };
  }

  end(services: readonly string[]): string {
    return services.map((name) => `#${++this.#last} ${this.#several ? `[${name}] ` : ''}resolving provenance for metadata file\n#${this.#last} DONE 0.0s\n`).join('\n');
  }
}
