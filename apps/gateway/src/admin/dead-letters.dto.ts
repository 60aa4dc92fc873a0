import {
  APPS,
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectListField,
  TextField,
  type AppName,
} from '#libs/contracts/index.js';
import { DEAD_LETTER_REASONS, type DeadLetterReason } from '#libs/messaging/index.js';

/** An event that an app could not handle. */
export class DeadLetterSummary {
  @IdField() deadLetterId!: string;
  @ChoiceField(APPS, { description: 'The app that could not handle the event.' }) consumer!: AppName;
  @TextField({ max: 200, description: 'The subject (type) of the event.' }) subject!: string;
  @ChoiceField(DEAD_LETTER_REASONS) reason!: DeadLetterReason;
  @TextField({ min: 0, max: 200, description: 'The stable code of the error, or the name of its class.' })
  code!: string;
  @TextField({ min: 0, max: 2000 }) message!: string;
  @TextField({ max: 200 }) messageId!: string;
  /** How many times the message broker delivered the event to the app. */
  @IntegerField({ min: 0 }) deliveries!: number;
  @InstantField() deadAt!: string;
  @IdField({ optional: true, description: 'Absent when the event cannot be read.' }) organizationId?: string;
  @IdField({ optional: true, description: 'The dead letter whose redrive failed again and created this one.' })
  redriveOf?: string;
}

export class DeadLetterPage {
  @ObjectListField(() => DeadLetterSummary, { maxItems: 200 }) items!: DeadLetterSummary[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class DeadLetterDetails extends DeadLetterSummary {
  @TextField({ min: 0, max: 5000, description: 'The first lines of the stack trace.' }) stackHead!: string;
  @TextField({
    min: 0,
    max: 1_100_000,
    description: 'The event as it was received, usually JSON. Secrets and access codes are masked.',
  })
  body!: string;
}

export class DeadLettersQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(APPS, { optional: true, description: 'Only events that this app could not handle.' }) consumer?: AppName;
}
