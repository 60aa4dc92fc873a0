import type { Instructions, Summary } from '#libs/contracts/index.js';
import { listInstructionFacts } from './instruction-facts.js';
import type { FollowedDelivery } from './follow.js';
import type { LedgerSummary, PartnerEvents } from './simulator-api.js';
import { AGENTS } from './scenario.js';

export interface Verdict {
  readonly followed: FollowedDelivery;
  readonly expected: string;
  readonly actual: string;
  readonly problems: readonly string[];
}

export interface Observations {
  readonly summary: LedgerSummary;
  readonly agentNames: ReadonlyMap<string, string>;
  readonly optedOutPhones: ReadonlySet<string>;
  /** The instructions that the assigned agent's app received last, by delivery id. */
  readonly agentInstructions: ReadonlyMap<string, Instructions | undefined>;
  /** A kill may interrupt a conversation. The customer is then called again, as a new attempt. */
  readonly callsMayRepeat: boolean;
}

/** Compares the expected with the actual result of one delivery. */
export function checkDelivery(one: FollowedDelivery, observations: Observations): Verdict {
  const { story, delivery } = one;
  const { expected } = story;
  const instructions = withAccessCode(delivery.instructions, observations.agentInstructions.get(delivery.deliveryId));
  const facts = listInstructionFacts(instructions, story.place.zone);
  const calls = story.after === undefined ? (observations.summary.callsByNumber[story.phone] ?? 0) : 0;
  const agent = observations.agentNames.get(delivery.agentId ?? '');
  const missing = (expected.understood ?? []).filter((fact) => !facts.includes(fact));
  const maxCalls = expected.calls + (observations.callsMayRepeat && expected.calls > 0 ? 2 : 0);
  const problems = [
    ...(delivery.state === expected.state ? [] : [`state ${delivery.state}`]),
    ...(delivery.contactOutcome === expected.contact ? [] : [`contact ${delivery.contactOutcome ?? 'none'}`]),
    ...(calls >= expected.calls && calls <= maxCalls ? [] : [`${calls} calls`]),
    ...(missing.length === 0 ? [] : [`missing instructions: ${missing.join(', ')}`]),
    ...(expected.agent === undefined || expected.agent === agent ? [] : [`agent ${agent ?? 'none'}`]),
    ...(expected.reason === undefined || expected.reason.test(delivery.assignment?.explanation ?? '')
      ? []
      : [`wrong assignment reason: ${delivery.assignment?.explanation ?? 'none'}`]),
    ...(/\d/.test(delivery.instructions?.accessCode?.value ?? '') ? ['the partner can read the access code'] : []),
    ...((expected.customerOptedOut ?? false) === observations.optedOutPhones.has(story.phone) ? [] : ['opt-out']),
  ];
  return {
    followed: one,
    expected: summarize(expected.state, expected.contact, expected.calls, expected.agent, expected.understood ?? []),
    actual: summarize(
      delivery.state,
      delivery.contactOutcome ?? '–',
      calls,
      expected.agent === undefined ? undefined : agent,
      facts,
    ),
    problems,
  };
}

/** Adds the access code, which the partner's API masks and only the assigned agent receives. */
function withAccessCode(
  partnerView: Instructions | undefined,
  agentView: Instructions | undefined,
): Instructions | undefined {
  return partnerView && agentView?.accessCode ? { ...partnerView, accessCode: agentView.accessCode } : partnerView;
}

function summarize(
  state: string,
  contact: string,
  calls: number,
  agent: string | undefined,
  facts: readonly string[],
): string {
  return [state, contact.replaceAll('_', ' '), `${calls}×`, ...(agent === undefined ? [] : [agent]), ...facts].join(
    ' · ',
  );
}

/**
 * Checks the rules that hold across all deliveries.
 * @returns one sentence for each broken rule
 */
export function checkInvariants(
  verdicts: readonly Verdict[],
  ledger: LedgerSummary,
  partner: PartnerEvents,
  figures: Summary,
  agentNames: ReadonlyMap<string, string>,
): string[] {
  const assignedCounts = new Map<string, number>();
  for (const { followed } of verdicts) {
    const name = agentNames.get(followed.delivery.agentId ?? '');
    if (name !== undefined) assignedCounts.set(name, (assignedCounts.get(name) ?? 0) + 1);
  }
  const acknowledged = verdicts.filter(({ followed }) => followed.delivery.state === 'acknowledged').length;
  const received = new Set(partner.events.map(({ payload }) => `${payload.type} ${payload.data.reference ?? ''}`));
  const missingEvents = verdicts.flatMap(({ followed: { story, delivery } }) => {
    const types =
      delivery.state === 'rescheduled' ? ['delivery.rescheduled'] : ['delivery.assigned', 'delivery.acknowledged'];
    return types.map((type) => `${type} ${story.reference}`).filter((event) => !received.has(event));
  });
  return [
    ...ledger.attemptsCalledTwice.map(({ attempt }) => `attempt ${attempt} was called twice`),
    ...ledger.attemptsRungTwice.map(({ attempt }) => `attempt ${attempt} rang twice`),
    ...ledger.overlaps.map(({ number }) => `${number} was dialed while another call to it was open`),
    ...AGENTS.filter(({ name, capacity }) => (assignedCounts.get(name) ?? 0) > capacity).map(
      ({ name }) => `${name} exceeds the vehicle's capacity`,
    ),
    ...((assignedCounts.get('Dan') ?? 0) > 0 ? ['Dan has deliveries after the end of the shift'] : []),
    ...missingEvents.map((event) => `the partner did not receive ${event}`),
    ...(partner.unverified > 0 ? [`${partner.unverified} webhooks had an invalid signature`] : []),
    ...(figures.funnel.created === verdicts.length ? [] : [`analytics counts ${figures.funnel.created} deliveries`]),
    ...(figures.funnel.acknowledged === acknowledged
      ? []
      : [`analytics counts ${figures.funnel.acknowledged} acknowledged`]),
  ];
}
