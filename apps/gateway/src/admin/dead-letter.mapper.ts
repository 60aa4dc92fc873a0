import { isDeepStrictEqual } from 'node:util';
import { maskAccessCodes, withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import type { EventEnvelope } from '#libs/contracts/index.js';
import type { DeadLetter } from '#libs/messaging/index.js';
import { openPayload } from '#libs/messaging/inbox/envelope-payload.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';
import type { DeadLetterDetails, DeadLetterSummary } from './dead-letters.dto.js';

const ORGANIZATION_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
/** Fields whose text is secret, including the keys of a push subscription: `auth` and `p256dh` (RFC 8291). */
const SECRET_NAME_PATTERN = /secret|password|token|api-?key|authorization|auth$|p256dh/i;
const MASK = '••••';
const MAX_BODY_CHARACTERS = 1_000_000;

export function toDeadLetterSummary(letter: DeadLetter): DeadLetterSummary {
  const organizationId = readOrganizationId(parseJson(letter.body));
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

/** @param sealer unseals the event's payload, so that its non-secret fields are readable */
export function toDeadLetterDetails(letter: DeadLetter, sealer: DataSealer): DeadLetterDetails {
  return {
    ...toDeadLetterSummary(letter),
    stackHead: letter.stackHead.slice(0, 5000),
    body: maskBody(unsealBody(letter.body, sealer)).slice(0, MAX_BODY_CHARACTERS),
  };
}

/** Returns the organization id of an event envelope, or `undefined` if the envelope does not hold a valid one. */
export function readOrganizationId(envelope: unknown): string | undefined {
  if (typeof envelope !== 'object' || envelope === null || !('organizationId' in envelope)) return undefined;
  const { organizationId } = envelope;
  return typeof organizationId === 'string' && ORGANIZATION_ID_PATTERN.test(organizationId)
    ? organizationId
    : undefined;
}

/** Returns the event with its payload unsealed, or the body unchanged if it is not sealed or cannot be unsealed. */
function unsealBody(body: string, sealer: DataSealer): string {
  const json = parseJson(body);
  if (typeof json !== 'object' || json === null || !('sealed' in json)) return body;
  const { sealed: _sealed, ...fields } = json;
  try {
    return JSON.stringify({ ...fields, payload: openPayload(json, fields as EventEnvelope, sealer) });
  } catch {
    return body;
  }
}

/** Masks access codes and secrets in the body before it is shown to a person. */
function maskBody(body: string): string {
  const json = parseJson(body);
  if (json === undefined) return maskAccessCodes(body);
  const masked = JSON.stringify(withoutAccessCodes(json), (name, value: unknown) =>
    SECRET_NAME_PATTERN.test(name) && typeof value === 'string' ? MASK : value,
  );
  // If nothing was masked, the original text is shown, because its formatting may be the cause of the failure.
  return isDeepStrictEqual(JSON.parse(masked), json) ? body : masked;
}

/** Returns `undefined` if the text is not JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

export const readLetterOrganizationId = ({ body }: DeadLetter): string | undefined =>
  readOrganizationId(parseJson(body));
