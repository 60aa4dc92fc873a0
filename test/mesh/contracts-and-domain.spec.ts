import * as contracts from '#libs/contracts/index.js';
import { EARLY_HANG_UP_CHOICES } from '#libs/domain/call-timing/index.js';
import { DELIVERY_STATES } from '#libs/domain/delivery-lifecycle/index.js';
import { HANDLINGS, HAZARDS, SAFE_PLACES } from '#libs/domain/instructions/index.js';

/** The mesh's terms and the domain's are declared apart, so that neither imports the other; they must be the same words. */
describe('contracts and domain use the same words for', () => {
  it.each([
    ['states of a delivery', contracts.DELIVERY_STATES, DELIVERY_STATES],
    ['safe places', contracts.SAFE_PLACES, SAFE_PLACES],
    ['hazards', contracts.HAZARDS, HAZARDS],
    ['choices after an early hang-up', contracts.EARLY_HANG_UP_CHOICES, EARLY_HANG_UP_CHOICES],
    ['handling', contracts.HANDLING, HANDLINGS],
  ])('%s', (_what, ofContracts: readonly string[], ofDomain: readonly string[]) => {
    expect([...ofContracts].sort()).toEqual([...ofDomain].sort());
  });
});
