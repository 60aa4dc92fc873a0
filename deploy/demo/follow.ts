import type { Delivery, Timeline, TimelineEntry } from '#libs/contracts/index.js';
import type { SimulatorApi, SimulatedCall } from './simulator-api.js';
import type { PartnerApi } from './partner-api.js';
import type { DeliveryScript } from './scenario.js';

export interface FollowedDelivery {
  readonly story: DeliveryScript;
  readonly deliveryId: string;
  delivery: Delivery;
  entries: readonly TimelineEntry[];
}

const POLL_INTERVAL_MS = 700;

/** Prints new entries of the deliveries' timelines and ended calls of the customers, as they happen. */
export class Follower {
  readonly followed: FollowedDelivery[] = [];
  private readonly reportedCalls = new Set<string>();

  constructor(
    private readonly partner: PartnerApi,
    private readonly simulatorApi: SimulatorApi,
    private readonly say: (who: string, text: string) => void,
  ) {}

  add(story: DeliveryScript, delivery: Delivery): void {
    this.followed.push({ story, deliveryId: delivery.deliveryId, delivery, entries: [] });
  }

  /**
   * Polls until `done` or the deadline.
   * @param deadline milliseconds since the epoch
   * @returns whether `done` returned true
   */
  async until(done: () => boolean | Promise<boolean>, deadline: number): Promise<boolean> {
    for (;;) {
      await this.poll();
      if (await done()) return true;
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  private async poll(): Promise<void> {
    for (const followedDelivery of this.followed) {
      const timeline = await this.partner.get<Timeline>(`/v1/deliveries/${followedDelivery.deliveryId}/timeline`);
      const known = new Set(followedDelivery.entries.map(toKey));
      for (const entry of timeline.entries)
        if (!known.has(toKey(entry))) this.say(followedDelivery.story.reference, entry.text);
      followedDelivery.entries = timeline.entries;
      followedDelivery.delivery = await this.partner.get<Delivery>(`/v1/deliveries/${followedDelivery.deliveryId}`);
    }
    for (const call of await this.simulatorApi.calls()) this.reportCall(call);
  }

  private reportCall(call: SimulatedCall): void {
    if (call.endedAt === null || this.reportedCalls.has(call.callSid)) return;
    this.reportedCalls.add(call.callSid);
    const who = this.followed.find(({ story }) => story.phone === call.to)?.story.customer ?? call.to;
    const spokenText = call.said.map(({ text }) => `“${text}”`).join(' ');
    const pressedKeys = call.digits === '' ? '' : `pressed ${[...call.digits].join(', ')}`;
    const voicemailText = call.leftOnVoicemail ? `voicemail recorded: “${call.leftOnVoicemail}”` : '';
    const summary = [spokenText === '' ? '' : `said ${spokenText}`, pressedKeys, voicemailText]
      .filter((part) => part !== '')
      .join('; ');
    this.say(who, summary === '' ? `(${call.status})` : summary);
  }
}

const toKey = (entry: TimelineEntry): string => `${entry.at} ${entry.event} ${entry.text}`;
