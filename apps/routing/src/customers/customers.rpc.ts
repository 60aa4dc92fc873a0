import { Controller } from '@nestjs/common';
import {
  GetConsentRpc,
  GetCustomerRpc,
  GetPreferencesRpc,
  ListCustomersRpc,
  PutCustomerRpc,
  type Consent,
  type Customer,
  type CustomerInput,
  type CustomerPage,
  type GetCustomerRequest,
  type GetPreferencesRequest,
  type ListCustomersRequest,
  type Preferences,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { Clock } from '#libs/clock/clock.js';
import { toCustomer } from './customer.mapper.js';
import { CustomerRepository } from './customer.repository.js';
import { GetConsent } from './get-consent.js';
import { ListCustomers } from './list-customers.js';
import { PutCustomer } from './put-customer.js';
import { toPreferences } from './preferences.js';

/** Queries about customers, their preferences and their consent, and the upsert by phone number that partners use. */
@Controller()
export class CustomersRpc {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly listCustomers: ListCustomers,
    private readonly putCustomer: PutCustomer,
    private readonly getConsent: GetConsent,
    private readonly clock: Clock,
  ) {}

  @OnRpc(PutCustomerRpc)
  async put(request: CustomerInput, { organizationId, tx }: CommandContext): Promise<Customer> {
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

  @OnRpc(GetPreferencesRpc)
  async getPreferences({ customerId }: GetPreferencesRequest, { organizationId }: QueryContext): Promise<Preferences> {
    return toPreferences(await this.customers.load(organizationId, customerId), this.clock.now());
  }

  @OnRpc(GetConsentRpc)
  readConsent({ customerId }: GetPreferencesRequest, { organizationId }: QueryContext): Promise<Consent> {
    return this.getConsent.execute(organizationId, customerId);
  }
}
