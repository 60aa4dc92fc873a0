import { ChoiceField, IdField, TextField } from '../fields/index.js';
import { APPS, defineEvent, type AppName } from '../kernel/index.js';

export class DeadLetterRedriveRequestedPayload {
  @IdField() deadLetterId!: string;
  @ChoiceField(APPS) consumer!: AppName;
  @TextField({ max: 200 }) eventSubject!: string;
  @TextField({ max: 200 }) messageId!: string;
}

export const DeadLetterRedriveRequested = defineEvent({
  subject: 'gateway.dead-letter.redrive-requested.v1',
  payload: DeadLetterRedriveRequestedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The operator asked that a dead letter be redelivered to the app that failed to handle it.',
});
