import { Injectable } from '@nestjs/common';
import type { TimeWindow } from '#libs/contracts/index.js';
import { isCodeDay } from '#libs/domain/instructions/codes/code-day.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { parseOrganizationId, type OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { OrganizationRepository } from '../organizations/organizations.module.js';

/** How long a gateway process caches an organization's time zone. */
const ZONE_CACHE_MS = 60_000;

interface CachedZone {
  readonly zone: Promise<string | undefined>;
  /** On the clock of `performance.now()`, in milliseconds. */
  readonly expiresAt: number;
}

/**
 * Shows access codes to an agent only on the days of the delivery window, in the organization's time zone. On other
 * days they are masked in every field.
 */
@Injectable()
export class AccessCodeVisibility {
  private readonly zones = new Map<string, CachedZone>();

  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly clock: Clock,
  ) {}

  /** @param data to send to an agent; access codes in data without a delivery window are always masked */
  async apply<T extends { readonly window?: TimeWindow }>(organization: string, data: T): Promise<T> {
    const zone = await this.findZone(parseOrganizationId(organization));
    const { window } = data;
    if (zone === undefined || window === undefined) return withoutAccessCodes(data);
    const span = { start: new Date(window.start), end: new Date(window.end) };
    return isCodeDay(span, this.clock.now(), zone) ? data : withoutAccessCodes(data);
  }

  /** Caches the promise and not its value: concurrent calls share one read and resolve in the order of the calls. */
  private findZone(organization: OrganizationId): Promise<string | undefined> {
    const now = performance.now();
    const cached = this.zones.get(organization);
    if (cached && cached.expiresAt > now) return cached.zone;
    const zone = this.organizations.findById(organization, organization).then((document) => document?.zone);
    this.zones.set(organization, { zone, expiresAt: now + ZONE_CACHE_MS });
    zone.catch(() => this.zones.delete(organization));
    return zone;
  }
}
