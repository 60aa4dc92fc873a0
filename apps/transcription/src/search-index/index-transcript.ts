import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { maskText } from '../transcripts/transcripts.module.js';
import { describeInstructions } from './describe-instructions.js';
import { EmbedEntries } from './embed-entries.js';
import { SearchEntryRepository } from './search-entry.repository.js';
import { toAttemptKey, toDeliveryKey, SearchFactsRepository } from './search-facts.repository.js';

/** Updates the search entry of a transcript, in the transaction that saves its words or instructions. */
@Injectable()
export class IndexTranscript {
  constructor(
    private readonly entries: SearchEntryRepository,
    private readonly facts: SearchFactsRepository,
    private readonly embedEntries: EmbedEntries,
  ) {}

  /** Does nothing if the transcript has neither words nor instructions. */
  async execute(tx: Transaction, transcript: TranscriptDocument): Promise<void> {
    const { _id, attemptId, deliveryId, words, instructions, context } = transcript;
    if (!words && !instructions) return;
    const organization = parseOrganizationId(transcript.organizationId);
    const attemptFacts = await this.facts.readForUpdate(organization, toAttemptKey(attemptId), tx);
    const deliveryFacts = await this.facts.readForUpdate(organization, toDeliveryKey(deliveryId), tx);
    const { language } = words ?? transcript.recording;
    const entry = {
      _id,
      attemptId,
      deliveryId,
      language,
      spokenAt: context.spokenAt,
      ...attemptFacts,
      ...deliveryFacts,
      text: maskText(words?.text ?? '', instructions?.accessCode),
      wishes: instructions ? describeInstructions(instructions) : '',
    };
    await this.entries.put(organization, entry, tx);
    tx.afterCommit(() => this.embedEntries.wake());
  }
}
