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
import { payloadOf } from './travelling-payload.js';
import { decodeJson, HEADER } from '../link/wire.js';

class ActorFields implements Actor {
  @ChoiceField(ACTOR_KINDS) kind!: Actor['kind'];
  @IdField() id!: string;
}

/** The envelope without its payload, which has its contract's own class. */
class EnvelopeFields {
  @IdField() id!: string;
  @TextField({ max: 255 }) subject!: string;
  @IdField() organizationId!: string;
  @IdField() aggregateId!: string;
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() occurredAt!: string;
  @ObjectField(() => ActorFields, { optional: true }) actor?: ActorFields;
}

/** A message from a stream, and how to answer the server for it. */
export interface IncomingEvent {
  readonly message: JsMsg;
  readonly contract: EventContract;
  readonly envelope: EventEnvelope;
  readonly deliveryCount: number;
  /** Set when it comes from the dead letters. */
  readonly redriveOf: string | undefined;
}

/** The event's own subject, also when it travels as a redrive. */
export function eventSubjectOf(message: JsMsg): string {
  return message.headers?.has(HEADER.redriveOf) ? message.subject.split('.').slice(2).join('.') : message.subject;
}

/**
 * Reads one message. Unknown fields are ignored, so that versions can roll.
 * @throws ContractViolation, or SyntaxError when the body is no JSON
 */
export function readEvent(message: JsMsg, registry: ContractRegistry, sealer: DataSealer): IncomingEvent {
  const subject = eventSubjectOf(message);
  const contract = registry.event(subject);
  if (!contract) throw new ContractViolation(subject, [{ path: '', message: 'the registry has no such event' }]);
  const json = decodeJson(message.data);
  const fields = parseContract(EnvelopeFields, json, 'ignore');
  if (fields.subject !== subject) {
    throw new ContractViolation(subject, [
      { path: 'subject', message: `subject: says ${fields.subject}, came as ${subject}` },
    ]);
  }
  const payload = parseContract(contract.payload, payloadOf(json as object, fields, sealer), 'ignore');
  return {
    message,
    contract,
    envelope: { ...fields, payload },
    deliveryCount: message.info.deliveryCount,
    redriveOf: message.headers?.get(HEADER.redriveOf) || undefined,
  };
}
