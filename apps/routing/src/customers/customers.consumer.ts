import { Controller } from '@nestjs/common';
import {
  DeletePreferenceRpc,
  GetCallTimingRpc,
  GetConsentRpc,
  GetCustomerRpc,
  GetPreferencesRpc,
  ListCustomersRpc,
  PutConsentRpc,
  PutCustomerRpc,
  PutPreferencesRpc,
  SetDoNotCallRpc,
  UpdateCustomerRpc,
  type CallTiming,
  type Consent,
  type Customer,
  type CustomerInput,
  type CustomerPage,
  type DeletePreferenceRequest,
  type GetCallTimingRequest,
  type GetCustomerRequest,
  type GetPreferencesRequest,
  type ListCustomersRequest,
  type Preferences,
  type PutConsentRequest,
  type PutPreferencesRequest,
  type SetDoNotCallRequest,
  type UpdateCustomerRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type RpcContext } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import { GetCallTiming } from '../calls/get-call-timing.js';
import { toCustomer } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';
import { ListCustomers } from './list-customers.js';
import { PutConsent } from './put-consent.js';
import { PutCustomer } from './put-customer.js';
import { PutPreferences } from './put-preferences.js';
import { SetDoNotCall } from './set-do-not-call.js';
import { UpdateCustomer } from './update-customer.js';
import { toPreferences } from './wishes.js';

/** What other apps ask about customers, their wishes and their consent. */
@Controller()
export class CustomersConsumer {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly listCustomers: ListCustomers,
    private readonly putCustomer: PutCustomer,
    private readonly updateCustomer: UpdateCustomer,
    private readonly putPreferences: PutPreferences,
    private readonly putConsent: PutConsent,
    private readonly setDoNotCall: SetDoNotCall,
    private readonly getCallTiming: GetCallTiming,
    private readonly clock: Clock,
  ) {}

  @OnRpc(PutCustomerRpc)
  async put(request: CustomerInput, { organizationId, tx }: RpcContext): Promise<Customer> {
    return toCustomer(await this.putCustomer.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(GetCustomerRpc)
  async get({ customerId }: GetCustomerRequest, { organizationId }: QueryContext): Promise<Customer> {
    return toCustomer(await this.customers.load(organizationId, customerId), this.clock.now());
  }

  @OnRpc(ListCustomersRpc)
  list(request: ListCustomersRequest, { organizationId }: QueryContext): Promise<CustomerPage> {
    return this.listCustomers.execute(organizationId, request);
  }

  @OnRpc(UpdateCustomerRpc)
  async update(request: UpdateCustomerRequest, { organizationId, tx }: RpcContext): Promise<Customer> {
    return toCustomer(await this.updateCustomer.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(GetPreferencesRpc)
  async preferences({ customerId }: GetPreferencesRequest, { organizationId }: QueryContext): Promise<Preferences> {
    return toPreferences(await this.customers.load(organizationId, customerId), this.clock.now());
  }

  @OnRpc(PutPreferencesRpc)
  async statePreferences(request: PutPreferencesRequest, { organizationId, tx }: RpcContext): Promise<Preferences> {
    return toPreferences(await this.putPreferences.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(DeletePreferenceRpc)
  async forgetPreference(request: DeletePreferenceRequest, { organizationId, tx }: RpcContext): Promise<Preferences> {
    return toPreferences(await this.putPreferences.forget(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(GetConsentRpc)
  consent({ customerId }: GetPreferencesRequest, { organizationId }: QueryContext): Promise<Consent> {
    return this.putConsent.read(organizationId, customerId);
  }

  @OnRpc(PutConsentRpc)
  recordConsent(request: PutConsentRequest, { organizationId, tx }: RpcContext): Promise<Consent> {
    return this.putConsent.execute(organizationId, request, tx);
  }

  @OnRpc(SetDoNotCallRpc)
  async doNotCall(request: SetDoNotCallRequest, { organizationId, tx }: RpcContext): Promise<Customer> {
    return toCustomer(await this.setDoNotCall.execute(organizationId, request, tx), this.clock.now());
  }

  @OnRpc(GetCallTimingRpc)
  callTiming(request: GetCallTimingRequest, { organizationId }: QueryContext): Promise<CallTiming> {
    return this.getCallTiming.execute(organizationId, request);
  }
}
