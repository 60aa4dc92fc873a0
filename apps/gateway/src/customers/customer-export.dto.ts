import {
  CallDetails,
  Consent,
  Customer,
  Delivery,
  InstantField,
  ObjectField,
  ObjectListField,
  Preferences,
  Recording,
  Timeline,
  Transcript,
} from '#libs/contracts/index.js';

const MAX_ITEMS = { maxItems: 100_000 };

/** All data about one delivery of a customer. */
export class ExportedDelivery {
  @ObjectField(() => Delivery) delivery!: Delivery;
  @ObjectField(() => Timeline, {
    description: 'The history of the delivery, including what was sent to the agent and the partner.',
  })
  timeline!: Timeline;
  @ObjectListField(() => Recording, MAX_ITEMS) recordings!: Recording[];
  @ObjectListField(() => Transcript, MAX_ITEMS) transcripts!: Transcript[];
}

/** All data about a customer. Access codes are masked, because only the assigned agent may see them. */
export class CustomerExport {
  @InstantField() exportedAt!: string;
  @ObjectField(() => Customer) customer!: Customer;
  @ObjectField(() => Preferences) preferences!: Preferences;
  @ObjectField(() => Consent) consent!: Consent;
  @ObjectListField(() => ExportedDelivery, MAX_ITEMS) deliveries!: ExportedDelivery[];
  @ObjectListField(() => CallDetails, MAX_ITEMS) calls!: CallDetails[];
}
