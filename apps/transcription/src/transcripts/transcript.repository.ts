import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository } from '#libs/persistence/aggregate-repository.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcripts.js';

export const TRANSCRIPTS = 'transcripts';

@Injectable()
export class TranscriptRepository extends AggregateRepository<TranscriptDocument> {
  protected readonly what = 'transcript';

  constructor(@InjectModel(TRANSCRIPTS) model: Model<TranscriptDocument>) {
    super(model);
  }
}
