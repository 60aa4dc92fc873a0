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

const MOST = { maxItems: 100_000 };

/** What is held of one delivery of a customer. */
export class ExportedDelivery {
  @ObjectField(() => Delivery) delivery!: Delivery;
  @ObjectField(() => Timeline, { description: 'Its story, with what the agent and the partner were told.' })
  timeline!: Timeline;
  @ObjectListField(() => Recording, MOST) recordings!: Recording[];
  @ObjectListField(() => Transcript, MOST) transcripts!: Transcript[];
}

/** Everything that is held of a customer. Access codes are covered, as they are for everybody but the agent at the door. */
export class CustomerExport {
  @InstantField() exportedAt!: string;
  @ObjectField(() => Customer) customer!: Customer;
  @ObjectField(() => Preferences) preferences!: Preferences;
  @ObjectField(() => Consent) consent!: Consent;
  @ObjectListField(() => ExportedDelivery, MOST) deliveries!: ExportedDelivery[];
  @ObjectListField(() => CallDetails, MOST) calls!: CallDetails[];
}
