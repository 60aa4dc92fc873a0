import { isDeepStrictEqual } from 'node:util';
import { maskAccessCodes, withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { EventEnvelope } from '#libs/contracts/index.js';
import type { DeadLetter } from '#libs/messaging/index.js';
import { payloadOf } from '#libs/messaging/inbox/travelling-payload.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';
import type { DeadLetterDetails, DeadLetterSummary } from './dead-letters.dto.js';

const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const SECRET_NAME = /secret|password|token|api-?key|authorization|auth$|p256dh/i;
const COVERED = '••••';
const MOST_CHARACTERS = 1_000_000;

export function toDeadLetterSummary(letter: DeadLetter): DeadLetterSummary {
  const organizationId = organizationOf(parsed(letter.body));
  return {
    deadLetterId: letter.id,
    consumer: letter.consumer,
    subject: letter.subject.slice(0, 200),
    reason: letter.reason,
    code: letter.code.slice(0, 200),
    message: maskAccessCodes(letter.message).slice(0, 2000),
    messageId: letter.messageId.slice(0, 200),
    deliveries: letter.deliveries,
    deadAt: letter.deadAt,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(letter.redriveOf === undefined ? {} : { redriveOf: letter.redriveOf }),
  };
}

/** @param sealer opens what travelled sealed, so that what is not secret in it can be read */
export function toDeadLetterDetails(letter: DeadLetter, sealer: DataSealer): DeadLetterDetails {
  return {
    ...toDeadLetterSummary(letter),
    stackHead: letter.stackHead.slice(0, 5000),
    body: coveredBody(opened(letter.body, sealer)).slice(0, MOST_CHARACTERS),
  };
}

/** Whose event it is, if that can be read. */
export function organizationOf(envelope: unknown): string | undefined {
  if (typeof envelope !== 'object' || envelope === null || !('organizationId' in envelope)) return undefined;
  const { organizationId } = envelope;
  return typeof organizationId === 'string' && ID.test(organizationId) ? organizationId : undefined;
}

/** A sealed event as one in the clear; as it came, where it does not open. */
function opened(body: string, sealer: DataSealer): string {
  const json = parsed(body);
  if (typeof json !== 'object' || json === null || !('sealed' in json)) return body;
  const { sealed: _closed, ...facts } = json;
  try {
    return JSON.stringify({ ...facts, payload: payloadOf(json, facts as EventEnvelope, sealer) });
  } catch {
    return body;
  }
}

/** The body for a person to read: nothing that opens a door or proves who one is. */
function coveredBody(body: string): string {
  const json = parsed(body);
  if (json === undefined) return maskAccessCodes(body);
  const covered = JSON.stringify(withoutAccessCodes(json), (name, value: unknown) =>
    SECRET_NAME.test(name) && typeof value === 'string' ? COVERED : value,
  );
  // What had nothing to cover is shown as it came, spaces included: that may be what was wrong with it.
  return isDeepStrictEqual(JSON.parse(covered), json) ? body : covered;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const organizationOfLetter = ({ body }: DeadLetter): string | undefined => organizationOf(parsed(body));
