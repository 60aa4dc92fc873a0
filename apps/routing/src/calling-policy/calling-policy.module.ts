import { Module } from '@nestjs/common';
import { JudgeCall } from './judge-call.js';

export {
  toCallStatus,
  findViolatedRule,
  getLegalBasis,
  toCallingRules,
  countRungAttempts,
  WITHHELD_DETAILS,
  type WithheldRule,
  getCustomerZone,
} from './calling-policy.js';
export { toCustomerContact } from './customer-contact.mapper.js';
export { HUNG_UP_EARLY, forbidsContact, decideAfterEarlyHangUp } from './early-hang-up.js';
export { type Callee, JudgeCall } from './judge-call.js';

/** Rules by which a customer may be called: the law, the organization’s settings, the customer’s preferences. */
@Module({
  providers: [JudgeCall],
  exports: [JudgeCall],
})
export class CallingPolicyModule {}
