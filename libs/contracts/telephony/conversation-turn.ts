import { ChoiceField, InstantField, NumberField, ObjectField, TextField, TextListField } from '../fields/index.js';

/** The kinds of caller input in a turn. */
export const HEARD_KINDS = ['speech', 'keys', 'silence', 'message', 'pickup'] as const;
export type HeardKind = (typeof HEARD_KINDS)[number];

/** The customer's side of a turn: speech, keys, silence, a recorded message, or that the call was picked up. */
export class Heard {
  @ChoiceField(HEARD_KINDS) kind!: HeardKind;
  @TextField({ optional: true, min: 0, max: 2000, description: 'The words, or the keys pressed.' }) text?: string;
  @NumberField({
    optional: true,
    min: 0,
    max: 1,
    description: 'The confidence of speech recognition. Present for speech only.',
  })
  confidence?: number;
}

/** One turn: what was heard, and what was said in reply. */
export class ConversationTurn {
  @InstantField() at!: string;
  @ObjectField(() => Heard, { optional: true }) heard?: Heard;
  @TextListField({ maxItems: 30, item: { max: 2000 } }) said!: string[];
}
