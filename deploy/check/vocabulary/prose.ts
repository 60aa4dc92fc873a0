import { TextlintKernel, type TextlintKernelOptions } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import terminology from 'textlint-rule-terminology';
import type { Finding } from './finding.js';
import type { BannedTerm } from './glossary.js';

/** Lints prose with textlint's terminology rule, with the glossary's terms instead of the rule's default terms. */
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
            // A line break may separate the words of a term.
            terms: terms.map(({ term, instead }) => [term.replaceAll(' ', '\\s+'), instead]),
          },
        },
      ],
    };
  }

  /**
   * Finds banned terms. Code in backticks and fenced blocks is not read.
   *
   * @param file The path to report in findings.
   * @param markdown The text of a document, or the result of `commentsAsMarkdown` for a source.
   */
  async lint(file: string, markdown: string): Promise<Finding[]> {
    if (markdown.trim() === '') return [];
    const { messages } = await this.kernel.lintText(markdown, { ...this.options, filePath: file });
    return messages.map(({ message, loc }) => ({ file, line: loc.start.line, message }));
  }
}
