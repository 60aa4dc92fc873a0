import { Controller } from '@nestjs/common';
import {
  DeletePreferenceRpc,
  PutConsentRpc,
  PutPreferencesRpc,
  SetDoNotCallRpc,
  UpdateCustomerRpc,
  type Consent,
  type Customer,
  type DeletePreferenceRequest,
  type Preferences,
  type PutConsentRequest,
  type PutPreferencesRequest,
  type SetDoNotCallRequest,
  type UpdateCustomerRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type CommandContext } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import { toCustomer, toPreferences } from '../customers/customers.module.js';
import { DeletePreference } from './delete-preference.js';
import { PutConsent } from './put-consent.js';
import { PutPreferences } from './put-preferences.js';
import { SetDoNotCall } from './set-do-not-call.js';
import { UpdateCustomer } from './update-customer.js';

/** Commands that change customers. */
@Controller()
export class CustomerCommandsRpc {
  constructor(
    private readonly updateCustomer: UpdateCustomer,
    private readonly putPreferences: PutPreferences,
    private readonly deletePreference: DeletePreference,
    private readonly putConsent: PutConsent,
    private readonly setDoNotCall: SetDoNotCall,
    private readonly clock: Clock,
  ) {}

  @OnRpc(UpdateCustomerRpc)
  async update(request: UpdateCustomerRequest, { organizationId, tx }: CommandContext): Promise<Customer> {
    return toCustomer(await this.updateCustomer.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(PutPreferencesRpc)
  async setPreferences(request: PutPreferencesRequest, { organizationId, tx }: CommandContext): Promise<Preferences> {
    return toPreferences(await this.putPreferences.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(DeletePreferenceRpc)
  async removePreference(
    request: DeletePreferenceRequest,
    { organizationId, tx }: CommandContext,
  ): Promise<Preferences> {
    return toPreferences(await this.deletePreference.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(PutConsentRpc)
  recordConsent(request: PutConsentRequest, { organizationId, tx }: CommandContext): Promise<Consent> {
    return this.putConsent.execute(organizationId, request, tx);
  }

  @OnRpc(SetDoNotCallRpc)
  async changeDoNotCall(request: SetDoNotCallRequest, { organizationId, tx }: CommandContext): Promise<Customer> {
    return toCustomer(await this.setDoNotCall.execute(organizationId, request, tx), this.clock.now());
  }
}
