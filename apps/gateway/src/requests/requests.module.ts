export { once } from './once.js';
// Operations, callers and bodies of API requests. Only decorators and functions, no providers. `GatewayModule` binds
// the guard, because guards run in the order in which they are bound.

export { actorOf, AsCaller, bearerOf, Caller, type IdentifiedRequest } from './caller.js';
export { ContractBody, ContractQuery } from './contract-body.js';
export { commandIdOf } from './idempotency-key.js';
export { Operation, OPERATION, operationOf } from './operation.js';
export { RequestGuard } from './request.guard.js';
export { etagOf } from './revision.js';
