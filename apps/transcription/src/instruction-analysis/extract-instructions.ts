import { Injectable } from '@nestjs/common';
import { Instructions, parseContract, type Language } from '#libs/contracts/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import { Analysts } from '../providers/providers.module.js';
import { toInstructionLocale } from './instruction-locale.js';
import { toContract } from './instructions-contract.js';

/** A customer's words, transcribed or written, with the context that resolves the times in them. */
export interface CustomerWords {
  readonly text: string;
  readonly language: Language;
  /** IANA time zone. */
  readonly zone: string;
  readonly spokenAt: Date;
  /** The delivery's window. */
  readonly planned: Interval;
}

/** The instructions that an analyst extracted, and the language of the words. */
export interface ExtractedInstructions {
  readonly instructions: Instructions;
  readonly language: Language;
  /** Name of the analyst in the configuration. */
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
    const locale = toInstructionLocale(language, zone);
    // The text may concern anything, because it is a whole call or message and not the answer to one prompt.
    const request = { text, locale, zone, now: spokenAt, planned, question: 'open' } as const;
    const { result, providerName } = await this.analysts.analyze(request, about);
    // Validated before anything is saved, so that an invalid result is a failure of the analyst and not of the
    // transaction.
    const instructions = parseContract(Instructions, toContract(result, text, planned), 'reject');
    return { instructions, language: result.language, by: providerName };
  }
}
