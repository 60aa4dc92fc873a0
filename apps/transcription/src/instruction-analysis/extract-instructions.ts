import { Injectable } from '@nestjs/common';
import { Instructions, parseContract, type Language } from '#libs/contracts/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import { Analysts } from '../providers/providers.module.js';
import { instructionLocale } from './instruction-locale.js';
import { toContract } from './instructions-contract.js';

/** What a customer said or wrote, and the context that their times refer to. */
export interface CustomerWords {
  readonly text: string;
  readonly language: Language;
  readonly zone: string;
  readonly spokenAt: Date;
  readonly planned: Interval;
}

/** The extracted instructions, the language of the words, and the analyst that extracted them. */
export interface ExtractedInstructions {
  readonly instructions: Instructions;
  readonly language: Language;
  readonly by: string;
}

/** Extracts instructions with the first analyst that succeeds. Words without instructions are a valid result. */
@Injectable()
export class ExtractInstructions {
  constructor(private readonly analysts: Analysts) {}

  /**
   * @param about fields that identify the words in the log
   * @throws ProviderError if no analyst succeeds
   */
  async execute(
    { text, language, zone, spokenAt, planned }: CustomerWords,
    about: object,
  ): Promise<ExtractedInstructions> {
    const locale = instructionLocale(language, zone);
    // A whole call or text may answer any question.
    const request = { text, locale, zone, now: spokenAt, planned, question: 'open' } as const;
    const { answer, by } = await this.analysts.analyze(request, about);
    // Validated before anything is saved, so that an invalid result is a failure of the analyst and not of the
    // transaction.
    const instructions = parseContract(Instructions, toContract(answer, text, planned), 'reject');
    return { instructions, language: answer.language, by };
  }
}
