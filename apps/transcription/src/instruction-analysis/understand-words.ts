import { Injectable } from '@nestjs/common';
import { Instructions, parseContract, type Language } from '#libs/contracts/index.js';
import type { Interval } from '#libs/domain/time/index.js';
import { Analysts } from '../providers/providers.module.js';
import { instructionLocale } from './instruction-locale.js';
import { toContract } from './instructions-contract.js';

/** What a customer said or wrote, and what their times are relative to. */
export interface CustomerWords {
  readonly text: string;
  readonly language: Language;
  readonly zone: string;
  readonly saidAt: Date;
  readonly planned: Interval;
}

/** What they ask for, in which language they are, and who found it. */
export interface UnderstoodWords {
  readonly instructions: Instructions;
  readonly language: Language;
  readonly by: string;
}

/** What words ask for, by the first analyst that answers. Words that ask for nothing are an answer, too. */
@Injectable()
export class UnderstandWords {
  constructor(private readonly analysts: Analysts) {}

  /**
   * @param about names the words in the log
   * @throws ProviderError when no analyst answers
   */
  async execute({ text, language, zone, saidAt, planned }: CustomerWords, about: object): Promise<UnderstoodWords> {
    const locale = instructionLocale(language, zone);
    // Whole calls and texts: every question's answer.
    const request = { text, locale, zone, now: saidAt, planned, question: 'open' } as const;
    const { answer, by } = await this.analysts.analyse(request, about);
    // Checked before anything is saved, so that an analyst's nonsense is its failure and not the transaction's.
    const instructions = parseContract(Instructions, toContract(answer, text, planned), 'reject');
    return { instructions, language: answer.language, by };
  }
}
