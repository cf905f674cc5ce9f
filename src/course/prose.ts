// Markdown to HTML that is safe from anybody: raw HTML is shown as text, links go to https and stay apart, images are left out.

import { Marked, type Tokens } from 'marked';
import type { Html } from './lesson.ts';

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const marked = new Marked({
  async: false,
  gfm: true,
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escape(text),
    image: ({ text }: Tokens.Image) => escape(text),
    link({ href, tokens }: Tokens.Link) {
      const text = this.parser.parseInline(tokens);
      return href.startsWith('https://') ? `<a href="${escape(href)}" target="_blank" rel="noreferrer noopener">${text}</a>` : text;
    },
    // Commands for the host's prompt can be sent there by the page.
    code: ({ text, lang }: Tokens.Code) =>
      `<pre${lang === 'sh' ? ' data-run' : ''}><code>${escape(text)}</code></pre>\n`,
  },
});

export const proseHtml = (markdown: string): Html => marked.parse(markdown) as string;

/** Without a paragraph around it when it is a single one. */
export const inlineHtml = (markdown: string): Html => {
  const html = proseHtml(markdown).trim();
  const single = /^<p>((?:(?!<p>)[\s\S])*)<\/p>$/.exec(html);
  return single ? single[1]! : html;
};
