import { TextlintKernel, type TextlintKernelOptions } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import terminology from 'textlint-rule-terminology';
import type { Finding } from './finding.js';
import type { BannedTerm } from './glossary.js';

/** Lints prose by textlint's rule for terminology, with the terms of the glossary in place of its own. */
export class ProseLinter {
  private readonly kernel = new TextlintKernel();
  private readonly options: Omit<TextlintKernelOptions, 'filePath'>;

  constructor(terms: readonly BannedTerm[]) {
    this.options = {
      ext: '.md',
      plugins: [{ pluginId: 'markdown', plugin: markdown.default, options: true }],
      rules: [
        {
          ruleId: 'terminology',
          rule: terminology,
          options: {
            defaultTerms: false,
            skip: [],
            // The words of a term may stand on two lines.
            terms: terms.map(({ term, instead }) => [term.replaceAll(' ', '\\s+'), instead]),
          },
        },
      ],
    };
  }

  /**
   * Finds banned terms. Code in backticks and fenced blocks is not read.
   *
   * @param file Its name, as the findings give it.
   * @param markdown The text, or the comments of a source as `commentsAsMarkdown` gives them.
   */
  async lint(file: string, markdown: string): Promise<Finding[]> {
    if (markdown.trim() === '') return [];
    const { messages } = await this.kernel.lintText(markdown, { ...this.options, filePath: file });
    return messages.map(({ message, loc }) => ({ file, line: loc.start.line, message }));
  }
}
