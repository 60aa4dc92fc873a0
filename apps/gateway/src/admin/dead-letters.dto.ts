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

export class DeadLetterSummary {
  @IdField() deadLetterId!: string;
  @ChoiceField(APPS, { description: 'The app that could not handle it.' }) consumer!: AppName;
  @TextField({ max: 200, description: 'Which event it is.' }) subject!: string;
  @ChoiceField(DEAD_LETTER_REASONS) reason!: DeadLetterReason;
  @TextField({ min: 0, max: 200, description: 'The error’s stable code, or its class’s name.' }) code!: string;
  @TextField({ min: 0, max: 2000 }) message!: string;
  @TextField({ max: 200 }) messageId!: string;
  @IntegerField({ min: 0 }) deliveries!: number;
  @InstantField() deadAt!: string;
  @IdField({ optional: true, description: 'Absent when the event is not readable.' }) organizationId?: string;
  @IdField({ optional: true, description: 'The dead letter whose redrive ended here.' }) redriveOf?: string;
}

export class DeadLetterPage {
  @ObjectListField(() => DeadLetterSummary, { maxItems: 200 }) items!: DeadLetterSummary[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class DeadLetterDetails extends DeadLetterSummary {
  @TextField({ min: 0, max: 5000, description: 'Where it failed.' }) stackHead!: string;
  @TextField({
    min: 0,
    max: 1_100_000,
    description: 'The event as it came, mostly JSON; secrets and access codes are covered.',
  })
  body!: string;
}

export class DeadLettersQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @ChoiceField(APPS, { optional: true, description: 'Only what this app could not handle.' }) consumer?: AppName;
}
