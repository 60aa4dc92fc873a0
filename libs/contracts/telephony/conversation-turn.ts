import { ChoiceField, InstantField, NumberField, ObjectField, TextField, TextListField } from '../fields/index.js';

export const HEARD_KINDS = ['speech', 'keys', 'silence', 'message', 'pickup'] as const;
export type HeardKind = (typeof HEARD_KINDS)[number];

/** What came from the customer's side: words, keys, nothing, a recorded message, or that somebody picked up. */
export class Heard {
  @ChoiceField(HEARD_KINDS) kind!: HeardKind;
  @TextField({ optional: true, min: 0, max: 2000, description: 'The words, or the keys pressed.' }) text?: string;
  @NumberField({ optional: true, min: 0, max: 1, description: 'The recogniser’s, of words.' }) confidence?: number;
}

/** One exchange: what was heard, and what was said to it. */
export class ConversationTurn {
  @InstantField() at!: string;
  @ObjectField(() => Heard, { optional: true }) heard?: Heard;
  @TextListField({ maxItems: 30, item: { max: 2000 } }) said!: string[];
}
