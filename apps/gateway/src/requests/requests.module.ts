export { once } from './once.js';
// Operations, callers and bodies of API requests. Only decorators and functions, no providers. `GatewayModule` binds
// the guard, because guards run in the order in which they are bound.

export { toActor as actorOf, AsCaller, readBearer as bearerOf, Caller, type IdentifiedRequest } from './caller.js';
export { ContractBody, ContractQuery } from './contract-body.js';
export { toCommandId as commandIdOf } from './idempotency-key.js';
export { Operation, OPERATION, findOperation as operationOf } from './operation.js';
export { RequestGuard } from './request.guard.js';
export { toEtag as etagOf } from './revision.js';
