import { Injectable } from '@nestjs/common';
import { OrganizationUpdated } from '#libs/contracts/index.js';
import { createAggregateEvent, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationDocument } from '#libs/persistence/schemas/gateway/organizations.js';
import { Clock } from '#libs/clock/clock.js';
import type { Caller } from '../requests/requests.module.js';
import { assertCallingHours, toProfile, type OrganizationChanges } from './organization.dto.js';
import { OrganizationRepository } from './organization.repository.js';

/** Changes the caller's organization, and publishes the new profile to the apps that keep a copy. */
@Injectable()
export class UpdateOrganization {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `revision_mismatch`; Problem 400 */
  async execute(caller: Caller, changes: OrganizationChanges, tx: Transaction): Promise<OrganizationDocument> {
    const { organizationId } = caller;
    const before = await this.organizations.loadAt(organizationId, organizationId, caller.expectedRevision, tx);
    const updated = applyChanges(before, changes);
    assertCallingHours(updated);
    const changedFields = listChangedFields(before, updated);
    if (changedFields.length === 0) return before;
    const payload = { ...toProfile(updated), changed: changedFields };
    const event = createAggregateEvent(OrganizationUpdated, payload, this.clock.now());
    return this.organizations.save(tx, organizationId, updated, [event]);
  }
}

function applyChanges(before: OrganizationDocument, changes: OrganizationChanges): OrganizationDocument {
  const { dispatcherPhone: currentPhone, ...otherFields } = before;
  const { features, dispatcherPhone = currentPhone, ...fields } = changes;
  return {
    ...otherFields,
    ...fields,
    ...(dispatcherPhone === undefined || dispatcherPhone === null ? {} : { dispatcherPhone }),
    features: { ...before.features, ...features },
  };
}

function listChangedFields(before: OrganizationDocument, after: OrganizationDocument): string[] {
  const flatten = (organization: OrganizationDocument): Record<string, unknown> => {
    const { features, daysOff, ...profile } = toProfile(organization);
    const featureFields = Object.entries(features).map(([name, value]: [string, unknown]) => [
      `features.${name}`,
      value,
    ]);
    return { ...profile, daysOff: daysOff.join(), ...(Object.fromEntries(featureFields) as Record<string, unknown>) };
  };
  const [fieldsBefore, fieldsAfter] = [flatten(before), flatten(after)];
  const names = new Set([...Object.keys(fieldsBefore), ...Object.keys(fieldsAfter)]);
  return [...names].filter((name) => fieldsBefore[name] !== fieldsAfter[name]);
}
