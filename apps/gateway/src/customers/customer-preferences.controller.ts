import { Controller, Param } from '@nestjs/common';
import {
  Consent,
  ConsentInput,
  DeletePreferenceRpc,
  DeletePreferenceRequest,
  GetConsentRpc,
  GetPreferencesRpc,
  parseContract,
  Preferences,
  PreferencesInput,
  PutConsentRpc,
  PutPreferencesRpc,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, Operation } from '../requests/requests.module.js';

/** A customer’s preferences and consent. Both are parts of the customer and share the customer’s entity tag. */
@Controller('v1/customers/:customerId')
export class CustomerPreferencesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', 'preferences', {
    id: 'getCustomerPreferences',
    summary: 'Returns the customer’s preferences, and whether each was stated or learned.',
    access: 'customers:read',
    reply: Preferences,
    etag: true,
  })
  getPreferences(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<Preferences> {
    return this.rpc.call(GetPreferencesRpc, { customerId }, caller.options);
  }

  @Operation('PUT', 'preferences', {
    id: 'putCustomerPreferences',
    summary: 'Sets the customer’s stated preferences.',
    description:
      'Stated preferences take precedence over learned ones and apply to planned calls at once. Omitted fields stay unchanged.',
    access: 'customers:write',
    body: PreferencesInput,
    reply: Preferences,
    etag: true,
    ifMatch: true,
  })
  statePreferences(
    @Param('customerId') customerId: string,
    @ContractBody(PreferencesInput) preferences: PreferencesInput,
    @AsCaller() caller: Caller,
  ): Promise<Preferences> {
    return this.rpc.call(PutPreferencesRpc, { customerId, preferences, ...caller.expected }, caller.options);
  }

  @Operation('DELETE', 'preferences/:field', {
    id: 'deleteCustomerPreference',
    summary: 'Deletes a preference, both its stated and its learned value.',
    access: 'customers:write',
    reply: Preferences,
    etag: true,
    ifMatch: true,
  })
  deletePreference(
    @Param('customerId') customerId: string,
    @Param('field') field: string,
    @AsCaller() caller: Caller,
  ): Promise<Preferences> {
    const request = parseContract(DeletePreferenceRequest, { customerId, field, ...caller.expected }, 'reject');
    return this.rpc.call(DeletePreferenceRpc, request, caller.options);
  }

  @Operation('GET', 'consent', {
    id: 'getCustomerConsent',
    summary: 'Returns the legal basis for calling the customer, with its history.',
    access: 'customers:read',
    reply: Consent,
    etag: true,
  })
  getConsent(@Param('customerId') customerId: string, @AsCaller() caller: Caller): Promise<Consent> {
    return this.rpc.call(GetConsentRpc, { customerId }, caller.options);
  }

  @Operation('PUT', 'consent', {
    id: 'putCustomerConsent',
    summary: 'Records that the customer gives or withdraws consent to calls. It applies to planned calls at once.',
    access: 'customers:write',
    body: ConsentInput,
    reply: Consent,
    etag: true,
    ifMatch: true,
  })
  recordConsent(
    @Param('customerId') customerId: string,
    @ContractBody(ConsentInput) consent: ConsentInput,
    @AsCaller() caller: Caller,
  ): Promise<Consent> {
    return this.rpc.call(PutConsentRpc, { customerId, consent, ...caller.expected }, caller.options);
  }
}
