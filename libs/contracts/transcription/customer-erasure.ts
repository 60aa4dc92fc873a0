import { defineEvent } from '../kernel/index.js';
import { ErasureReport } from '../values/index.js';

export const TranscriptionCustomerErased = defineEvent({
  subject: 'transcription.customer.erased.v1',
  payload: ErasureReport,
  consumers: ['routing'],
  summary: 'Transcription erased the transcripts of an erased customer.',
});
