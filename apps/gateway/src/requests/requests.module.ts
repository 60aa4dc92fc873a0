export { once } from './once.js';
// Operations, callers and bodies of API requests. Only decorators and functions, no providers. `GatewayModule` binds
// the guard, because guards run in the order in which they are bound.

export { toActor, AsCaller, readBearer, Caller, type IdentifiedRequest } from './caller.js';
export { ContractBody, ContractQuery } from './contract-body.js';
export { toCommandId } from './idempotency-key.js';
export { Operation, OPERATION, findOperation } from './operation.js';
export { RequestGuard } from './request.guard.js';
export { toEtag } from './revision.js';
