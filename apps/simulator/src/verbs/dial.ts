import { CustomerOnLine } from '../personas/personas.module.js';
import { CallInterrupted, type CallLine } from '../call-line/call-line.module.js';
import { wholeSeconds } from '../recording-book/recording-book.module.js';
import { newSid } from '../twilio/twilio.module.js';
import { next, secondsAttribute, resolveWebhook, type Verb } from './verb.js';

/** How long two people talk once they are connected, in simulated ms. */
const conversationMs = 20_000;
/** Time until the network reports the number as busy, in simulated ms. */
const busyMs = 1500;

type DialStatus = 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';

/**
 * Dials one number and connects it. The leg is a separate call in the ledger and in listings, with this call as its
 * parent. The dialed persona says a greeting, and then both talk for a while; the ledger does not contain their words.
 */
export const dial: Verb = async (element, context) => {
  const { line } = context;
  const number = element.children.find(({ name }) => name === 'Number')?.text ?? element.text;
  const legSid = newSid('CA');
  line.services.ledger.append({
    type: 'call.created',
    callSid: legSid,
    to: number,
    from: element.attributes['callerId'] ?? line.call.from,
    direction: 'outbound-dial',
    parentCallSid: line.call.sid,
    attempt: line.call.attempt,
    statusCallback: null,
  });
  line.services.ledger.append({ type: 'call.started', callSid: legSid });
  let status: DialStatus = 'failed';
  let talkedMs = 0;
  try {
    status = await ring(line, legSid, number, secondsAttribute(element, 'timeout', 30));
    if (status === 'completed') talkedMs = await talk(line, number, secondsAttribute(element, 'timeLimit', 14_400));
  } catch (error) {
    if (error instanceof CallInterrupted && status !== 'completed') status = 'canceled';
    throw error;
  } finally {
    line.services.ledger.append({
      type: 'call.ended',
      callSid: legSid,
      status,
      endedBy: 'application',
      durationSeconds: wholeSeconds(talkedMs),
    });
  }
  const webhook = element.attributes['action'] === undefined ? undefined : resolveWebhook(element, context);
  if (webhook === undefined) return next;
  const parameters = {
    ...line.parameters(),
    DialCallSid: legSid,
    DialCallStatus: status,
    ...(status === 'completed' ? { DialCallDuration: String(wholeSeconds(talkedMs)), DialBridged: 'true' } : {}),
  };
  return { kind: 'fetch', webhook, parameters };
};

async function ring(line: CallLine, legSid: string, number: string, limitMs: number): Promise<DialStatus> {
  const { ledger, calls, customers } = line.services;
  const customer = customers.customer(number);
  const previousCalls = calls.countStartedCalls(number, customer?.sinceSeq ?? 0) - 1;
  const outcome = customer?.persona.rings[Math.min(previousCalls, customer.persona.rings.length - 1)];
  if (outcome === undefined || outcome.kind === 'unreachable') return 'failed';
  if (outcome.kind === 'busy') {
    await line.clock.wait(busyMs);
    return 'busy';
  }
  ledger.append({ type: 'call.rang', callSid: legSid });
  await ledger.flushed();
  if (outcome.kind === 'no-answer' || outcome.afterMs > limitMs) {
    await line.clock.wait(limitMs);
    return 'no-answer';
  }
  await line.clock.wait(outcome.afterMs);
  ledger.append({ type: 'call.answered', callSid: legSid, beepAtMs: null });
  return 'completed';
}

async function talk(line: CallLine, number: string, limitMs: number): Promise<number> {
  const startedAt = line.clock.elapsedMs;
  const customer = line.services.customers.customer(number);
  if (customer !== undefined) {
    const callee = new CustomerOnLine(customer, line.services.voices, false);
    const greeting = callee.respond();
    if (greeting.kind === 'say') line.placeSound('ours', callee.speech(greeting.slot));
  }
  await line.clock.wait(Math.min(conversationMs, limitMs));
  return line.clock.elapsedMs - startedAt;
}
