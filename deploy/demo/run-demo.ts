import type { Customer, Delivery, Instructions, Summary } from '#libs/contracts/index.js';
import { Follower, type FollowedDelivery } from './follow.js';
import { SimulatorApi } from './simulator-api.js';
import { placeAtLocalTime } from './places.js';
import { createScenario, type DeliveryScript } from './scenario.js';
import { deliveryInput, PARTNER, setUp, type Participants } from './set-up.js';
import { checkDelivery, checkInvariants, type Verdict } from './verdict.js';

export interface DemoOptions {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly operatorKey: string;
  readonly vapidPublicKey: string;
  readonly say: (who: string, text: string) => void;
  /** Called once while calls are in progress, to kill an app or server; `undefined` for a run without failures. */
  readonly disturb?: (() => Promise<void>) | undefined;
  readonly deadlineMs: number;
}

export interface DemoResult {
  readonly verdicts: readonly Verdict[];
  /** Failed checks across all deliveries. */
  readonly brokenRules: readonly string[];
  readonly followed: readonly FollowedDelivery[];
  readonly participants: Participants;
}

const REQUEST_TIMEOUT_MS = 120_000;
/**
 * Number of calls that have rung before the failure is injected. By then, some calls have ended, some are in progress
 * and some are still scheduled.
 */
const RINGS_BEFORE_DISTURBANCE = 4;
const EARLY_AFTERNOON_MINUTES = 13 * 60;
const NIGHT_MINUTES = 2 * 60;

/** Runs the scenario against a running stack. Uses only its public interfaces. */
export async function runDemo(stage: DemoOptions): Promise<DemoResult> {
  const now = new Date();
  const deadline = now.getTime() + stage.deadlineMs;
  const day = placeAtLocalTime(EARLY_AFTERNOON_MINUTES, now);
  const stories = createScenario(day, placeAtLocalTime(NIGHT_MINUTES, now));
  const simulatorApi = new SimulatorApi(stage.simulatorUrl, REQUEST_TIMEOUT_MS);
  const participants = await setUp(
    { ...stage, simulator: simulatorApi, now, timeoutMs: REQUEST_TIMEOUT_MS },
    stories,
    day,
  );
  const follower = new Follower(participants.partner, simulatorApi, stage.say);
  try {
    await Promise.all(
      stories
        .filter(({ after }) => after === undefined)
        .map((story) => post(story, participants, follower, now, stage)),
    );
    const disturbed = disturbOnce(stage, simulatorApi, follower, deadline);
    for (const story of stories.filter(({ after }) => after !== undefined)) {
      await follower.until(() => hasDeliveryEnded(follower, story.after), deadline);
      await post(story, participants, follower, now, stage);
    }
    await disturbed;
    await follower.until(
      () => follower.followed.every((one) => hasEnded(one) && hasAgentAcknowledged(one, participants)),
      deadline,
    );
    await follower.until(
      () => isQuiet(stage, simulatorApi, participants, follower),
      Math.min(deadline, Date.now() + REQUEST_TIMEOUT_MS),
    );
    const state = await checkState(stage, simulatorApi, participants, follower);
    return { ...state, followed: follower.followed, participants };
  } finally {
    for (const agent of participants.agents) agent.close();
  }
}

async function post(
  story: DeliveryScript,
  participants: Participants,
  follower: Follower,
  now: Date,
  stage: DemoOptions,
): Promise<void> {
  const input = deliveryInput(story, participants.customerIds.get(story.phone) ?? '', now);
  const delivery = await participants.partner.post<Delivery>('/v1/deliveries', input);
  stage.say(
    story.reference,
    `posted for ${story.customer}, ${story.place.city} (${story.persona.replaceAll('_', ' ')})`,
  );
  follower.add(story, delivery);
}

/** Waits until calls are in progress, then injects the failure. */
async function disturbOnce(
  stage: DemoOptions,
  simulatorApi: SimulatorApi,
  follower: Follower,
  deadline: number,
): Promise<void> {
  if (!stage.disturb) return;
  await follower.until(async () => (await simulatorApi.summary()).rings >= RINGS_BEFORE_DISTURBANCE, deadline);
  await stage.disturb();
}

const hasEnded = ({ story, delivery }: FollowedDelivery): boolean => delivery.state === story.expected.state;

const hasDeliveryEnded = (follower: Follower, reference: string | undefined): boolean =>
  follower.followed.some((one) => one.story.reference === reference && hasEnded(one));

const hasAgentAcknowledged = ({ delivery, deliveryId }: FollowedDelivery, participants: Participants): boolean =>
  delivery.state !== 'acknowledged' || participants.agents.some((agent) => agent.acknowledged.has(deliveryId));

/** Whether all webhooks and instructions have arrived and the figures are current. */
async function isQuiet(
  stage: DemoOptions,
  simulatorApi: SimulatorApi,
  participants: Participants,
  follower: Follower,
): Promise<boolean> {
  const { verdicts, brokenRules } = await checkState(stage, simulatorApi, participants, follower);
  return brokenRules.length === 0 && verdicts.every(({ problems }) => problems.length === 0);
}

async function checkState(
  stage: DemoOptions,
  simulatorApi: SimulatorApi,
  participants: Participants,
  follower: Follower,
): Promise<{ verdicts: Verdict[]; brokenRules: string[] }> {
  const [summary, partnerEvents, figures] = await Promise.all([
    simulatorApi.summary(),
    simulatorApi.partnerEvents(PARTNER),
    participants.admin.get<Summary>('/v1/analytics/summary'),
  ]);
  const optedOutPhones = new Set<string>();
  for (const [phone, customerId] of participants.customerIds) {
    const customer = await participants.partner.get<Customer>(`/v1/customers/${customerId}`);
    if (customer.doNotCall) optedOutPhones.add(phone);
  }
  const observations = {
    summary,
    agentNames: participants.agentNames,
    optedOutPhones,
    agentInstructions: new Map(
      follower.followed.map(({ delivery }) => [delivery.deliveryId, latestInstructions(delivery, participants)]),
    ),
    callsMayRepeat: stage.disturb !== undefined,
  };
  const verdicts = follower.followed.map((one) => checkDelivery(one, observations));
  return { verdicts, brokenRules: checkInvariants(verdicts, summary, partnerEvents, figures, participants.agentNames) };
}

/** The instructions that the assigned agent's app received last. Previous agents no longer see the access code. */
function latestInstructions(
  { deliveryId, agentId = '' }: Delivery,
  { agents, agentNames }: Participants,
): Instructions | undefined {
  const assignedAgent = agents.find(({ name }) => name === agentNames.get(agentId));
  return assignedAgent?.messages.filter((message) => message.deliveryId === deliveryId).at(-1)?.instructions;
}
