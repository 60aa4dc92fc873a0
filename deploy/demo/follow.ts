import type { Delivery, Timeline, TimelineEntry } from '#libs/contracts/index.js';
import type { OutsideWorld, Ring } from './outside-world.js';
import type { PartnerApi } from './partner-api.js';
import type { Story } from './scenario.js';

export interface Followed {
  readonly story: Story;
  readonly deliveryId: string;
  delivery: Delivery;
  entries: readonly TimelineEntry[];
}

const POLL_MS = 700;

/** Tells what is new on the deliveries' timelines and at the customers' phones, as it happens. */
export class Follower {
  readonly followed: Followed[] = [];
  private readonly ringsTold = new Set<string>();

  constructor(
    private readonly partner: PartnerApi,
    private readonly world: OutsideWorld,
    private readonly say: (who: string, text: string) => void,
  ) {}

  add(story: Story, delivery: Delivery): void {
    this.followed.push({ story, deliveryId: delivery.deliveryId, delivery, entries: [] });
  }

  /** Looks until `done` or the deadline. @returns whether it was done */
  async until(done: () => boolean | Promise<boolean>, deadline: number): Promise<boolean> {
    for (;;) {
      await this.look();
      if (await done()) return true;
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private async look(): Promise<void> {
    for (const one of this.followed) {
      const timeline = await this.partner.get<Timeline>(`/v1/deliveries/${one.deliveryId}/timeline`);
      const known = new Set(one.entries.map(keyOf));
      for (const entry of timeline.entries) if (!known.has(keyOf(entry))) this.say(one.story.reference, entry.text);
      one.entries = timeline.entries;
      one.delivery = await this.partner.get<Delivery>(`/v1/deliveries/${one.deliveryId}`);
    }
    for (const ring of await this.world.rings()) this.tellRing(ring);
  }

  private tellRing(ring: Ring): void {
    if (ring.endedAt === null || this.ringsTold.has(ring.callSid)) return;
    this.ringsTold.add(ring.callSid);
    const who = this.followed.find(({ story }) => story.phone === ring.to)?.story.customer ?? ring.to;
    const said = ring.said.map(({ text }) => `“${text}”`).join(' ');
    const pressed = ring.digits === '' ? '' : `pressed ${[...ring.digits].join(', ')}`;
    const heard = ring.leftOnVoicemail ? `voicemail kept: “${ring.leftOnVoicemail}”` : '';
    const what = [said === '' ? '' : `said ${said}`, pressed, heard].filter((part) => part !== '').join('; ');
    this.say(who, what === '' ? `(${ring.status})` : what);
  }
}

const keyOf = (entry: TimelineEntry): string => `${entry.at} ${entry.event} ${entry.text}`;
