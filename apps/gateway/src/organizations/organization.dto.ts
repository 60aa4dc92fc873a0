import { ChoiceField, IntegerField, PhoneField, TextField, TimeZoneField } from '#libs/contracts/index.js';

/** Calls from 08:00 to 21:00 at most, whatever an organisation asks for: see the calling rules. */
export class OrganizationInput {
  @TextField({ max: 120 }) name!: string;
  @TimeZoneField() zone!: string;
  @IntegerField({ optional: true, min: 1, max: 10 }) maxAttemptsPerDelivery?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsFromMinute?: number;
  @IntegerField({ optional: true, min: 0, max: 1440 }) callsUntilMinute?: number;
  @PhoneField({ optional: true }) dispatcherPhone?: string;
}

export class ApiKeyInput {
  @TextField({ max: 100 }) label!: string;
  @ChoiceField(['admin', 'partner']) role!: 'admin' | 'partner';
}
