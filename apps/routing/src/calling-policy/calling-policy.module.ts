import { Module } from '@nestjs/common';
import { JudgeCall } from './judge-call.js';

export {
  toCallStatus as callStatusOf,
  findViolatedRule as forbiddenBy,
  getLegalBasis as legalBasisOf,
  toCallingRules as rulesFor,
  countRungAttempts as rungAttempts,
  WITHHELD_DETAILS as WITHHELD,
  type WithheldRule,
  getCustomerZone as zoneOf,
} from './calling-policy.js';
export { toCustomerContact } from './customer-contact.mapper.js';
export { HUNG_UP_EARLY, forbidsContact as isLeftAlone, decideAfterEarlyHangUp as judgeEarlyHangUps } from './early-hang-up.js';
export { type Callee, JudgeCall } from './judge-call.js';

/** Rules by which a customer may be called: the law, the organization’s settings, the customer’s preferences. */
@Module({
  providers: [JudgeCall],
  exports: [JudgeCall],
})
export class CallingPolicyModule {}
