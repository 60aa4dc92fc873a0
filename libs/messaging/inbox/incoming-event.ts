import type { JsMsg } from '@nats-io/jetstream';
import {
  ChoiceField,
  ContractViolation,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  parseContract,
  TextField,
} from '#libs/contracts/fields/index.js';
import {
  ACTOR_KINDS,
  type Actor,
  type ContractRegistry,
  type EventContract,
  type EventEnvelope,
} from '#libs/contracts/kernel/index.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';
import { openPayload } from './envelope-payload.js';
import { decodeJson, HEADER } from '../link/wire.js';

class ActorFields implements Actor {
  @ChoiceField(ACTOR_KINDS) kind!: Actor['kind'];
  @IdField() id!: string;
}

/** The envelope without its payload: the event's contract declares the class of the payload. */
class EnvelopeFields {
  @IdField() id!: string;
  @TextField({ max: 255 }) subject!: string;
  @IdField() organizationId!: string;
  @IdField() aggregateId!: string;
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() occurredAt!: string;
  @ObjectField(() => ActorFields, { optional: true }) actor?: ActorFields;
}

/** A decoded event with the JetStream message that acknowledges it. */
export interface IncomingEvent {
  readonly message: JsMsg;
  readonly contract: EventContract;
  readonly envelope: EventEnvelope;
  readonly deliveryCount: number;
  /** The id of the dead letter that was redriven; `undefined` for a first-time event. */
  readonly redriveOf: string | undefined;
}

/** @returns the event's original subject, also when the message is a redrive, whose subject has a prefix */
export function toOriginalSubject(message: JsMsg): string {
  return message.headers?.has(HEADER.redriveOf) ? message.subject.split('.').slice(2).join('.') : message.subject;
}

/**
 * Decodes and validates one message. Unknown fields are ignored, so that old and new versions can run side by side.
 * @throws ContractViolation when the event violates its contract
 * @throws SyntaxError when the body is not JSON
 */
export function readEvent(message: JsMsg, registry: ContractRegistry, sealer: DataSealer): IncomingEvent {
  const subject = toOriginalSubject(message);
  const contract = registry.event(subject);
  if (!contract) throw new ContractViolation(subject, [{ path: '', message: 'the registry has no such event' }]);
  const json = decodeJson(message.data);
  const fields = parseContract(EnvelopeFields, json, 'ignore');
  if (fields.subject !== subject) {
    throw new ContractViolation(subject, [
      { path: 'subject', message: `subject: the envelope has ${fields.subject}, but the event arrived on ${subject}` },
    ]);
  }
  const payload = parseContract(contract.payload, openPayload(json as object, fields, sealer), 'ignore');
  return {
    message,
    contract,
    envelope: { ...fields, payload },
    deliveryCount: message.info.deliveryCount,
    redriveOf: message.headers?.get(HEADER.redriveOf) || undefined,
  };
}
