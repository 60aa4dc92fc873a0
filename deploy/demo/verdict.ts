import type { Instructions, Summary } from '#libs/contracts/index.js';
import { instructionFacts } from './instruction-facts.js';
import type { Followed } from './follow.js';
import type { LedgerSummary, PartnerEvents } from './outside-world.js';
import { AGENTS } from './scenario.js';

export interface Verdict {
  readonly story: Followed;
  readonly expected: string;
  readonly actual: string;
  readonly mistakes: readonly string[];
}

export interface Circumstances {
  readonly summary: LedgerSummary;
  readonly agentNames: ReadonlyMap<string, string>;
  readonly optedOutPhones: ReadonlySet<string>;
  /** What the application of the agent who has it was told last, by delivery. */
  readonly toldToAgents: ReadonlyMap<string, Instructions | undefined>;
  /** A kill may break a conversation off; the customer is then called once more, as a new attempt. */
  readonly callsMayRepeat: boolean;
}

/** What the story says must have happened, beside what did. */
export function judge(one: Followed, circumstances: Circumstances): Verdict {
  const { story, delivery } = one;
  const { expected } = story;
  const known = asTheAgentKnows(delivery.instructions, circumstances.toldToAgents.get(delivery.deliveryId));
  const facts = instructionFacts(known, story.place.zone);
  const calls = story.after === undefined ? (circumstances.summary.callsByNumber[story.phone] ?? 0) : 0;
  const agent = circumstances.agentNames.get(delivery.agentId ?? '');
  const missing = (expected.understood ?? []).filter((fact) => !facts.includes(fact));
  const most = expected.calls + (circumstances.callsMayRepeat && expected.calls > 0 ? 2 : 0);
  const mistakes = [
    ...(delivery.state === expected.state ? [] : [`state ${delivery.state}`]),
    ...(delivery.contactOutcome === expected.contact ? [] : [`contact ${delivery.contactOutcome ?? 'none'}`]),
    ...(calls >= expected.calls && calls <= most ? [] : [`${calls} calls`]),
    ...(missing.length === 0 ? [] : [`not understood: ${missing.join(', ')}`]),
    ...(expected.agent === undefined || expected.agent === agent ? [] : [`agent ${agent ?? 'none'}`]),
    ...(expected.because === undefined || expected.because.test(delivery.assignment?.explanation ?? '')
      ? []
      : [`the agent was chosen for another reason: ${delivery.assignment?.explanation ?? 'none'}`]),
    ...(/\d/.test(delivery.instructions?.accessCode?.value ?? '') ? ['the partner can read the access code'] : []),
    ...((expected.customerOptedOut ?? false) === circumstances.optedOutPhones.has(story.phone) ? [] : ['opt-out']),
  ];
  return {
    story: one,
    expected: describe(expected.state, expected.contact, expected.calls, expected.agent, expected.understood ?? []),
    actual: describe(
      delivery.state,
      delivery.contactOutcome ?? '–',
      calls,
      expected.agent === undefined ? undefined : agent,
      facts,
    ),
    mistakes,
  };
}

/** A partner reads everything but what opens the door: that is for the agent who has the delivery. */
function asTheAgentKnows(read: Instructions | undefined, told: Instructions | undefined): Instructions | undefined {
  return read && told?.accessCode ? { ...read, accessCode: told.accessCode } : read;
}

function describe(
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

/** What must hold over all deliveries together, each broken rule in words. */
export function judgeWhole(
  verdicts: readonly Verdict[],
  ledger: LedgerSummary,
  partner: PartnerEvents,
  figures: Summary,
  agentNames: ReadonlyMap<string, string>,
): string[] {
  const load = new Map<string, number>();
  for (const { story } of verdicts) {
    const name = agentNames.get(story.delivery.agentId ?? '');
    if (name !== undefined) load.set(name, (load.get(name) ?? 0) + 1);
  }
  const acknowledged = verdicts.filter(({ story }) => story.delivery.state === 'acknowledged').length;
  const told = new Set(partner.events.map(({ payload }) => `${payload.type} ${payload.data.reference ?? ''}`));
  const untold = verdicts.flatMap(({ story: { story, delivery } }) => {
    const types =
      delivery.state === 'rescheduled' ? ['delivery.rescheduled'] : ['delivery.assigned', 'delivery.acknowledged'];
    return types.map((type) => `${type} ${story.reference}`).filter((event) => !told.has(event));
  });
  return [
    ...ledger.attemptsCalledTwice.map(({ attempt }) => `attempt ${attempt} was called twice`),
    ...ledger.attemptsRungTwice.map(({ attempt }) => `attempt ${attempt} rang twice`),
    ...ledger.overlaps.map(({ number }) => `${number} was dialled while a call to it was open`),
    ...AGENTS.filter(({ name, capacity }) => (load.get(name) ?? 0) > capacity).map(
      ({ name }) => `${name} carries too much`,
    ),
    ...((load.get('Dan') ?? 0) > 0 ? ['Dan works after the end of the shift'] : []),
    ...untold.map((event) => `the partner was not told ${event}`),
    ...(partner.unverified > 0 ? [`${partner.unverified} webhooks with a wrong signature`] : []),
    ...(figures.funnel.created === verdicts.length ? [] : [`analytics counts ${figures.funnel.created} deliveries`]),
    ...(figures.funnel.acknowledged === acknowledged
      ? []
      : [`analytics counts ${figures.funnel.acknowledged} acknowledged`]),
  ];
}
