import { Injectable } from '@nestjs/common';
import type { TimeWindow } from '#libs/contracts/index.js';
import { isCodeDay } from '#libs/domain/instructions/codes/code-day.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { organizationId, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { OrganizationRepository } from '../organizations/organizations.module.js';

const ZONE_KNOWN_MS = 60_000;

interface KnownZone {
  readonly zone: Promise<string | undefined>;
  readonly until: number;
}

/** Shows an agent what opens a door on the day of the delivery only; on others it is covered, wherever it was said. */
@Injectable()
export class CodesOfTheDay {
  private readonly zones = new Map<string, KnownZone>();

  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly clock: Clock,
  ) {}

  /** @param work an agent's, with the delivery's window; without one its day is not known, and nothing is shown */
  async show<W extends { readonly window?: TimeWindow }>(organization: string, work: W): Promise<W> {
    const zone = await this.zoneOf(organizationId(organization));
    const { window } = work;
    if (zone === undefined || window === undefined) return withoutAccessCodes(work);
    const span = { start: new Date(window.start), end: new Date(window.end) };
    return isCodeDay(span, this.clock.now(), zone) ? work : withoutAccessCodes(work);
  }

  /** Those who ask at the same time wait for the same answer, so that they go on in the order they came. */
  private zoneOf(organization: OrganizationId): Promise<string | undefined> {
    const now = performance.now();
    const known = this.zones.get(organization);
    if (known && known.until > now) return known.zone;
    const zone = this.organizations.findById(organization, organization).then((found) => found?.zone);
    this.zones.set(organization, { zone, until: now + ZONE_KNOWN_MS });
    zone.catch(() => this.zones.delete(organization));
    return zone;
  }
}
