export { once } from './once.js';
// What a request of the API is: its operation, its caller, its body. Decorators and functions, nothing to inject;
// the gateway's module binds the guard, because guards run in the order in which they are bound.

export { actorOf, AsCaller, bearerOf, Caller, type IdentifiedRequest } from './caller.js';
export { ContractBody, ContractQuery } from './contract-body.js';
export { commandIdOf } from './idempotency-key.js';
export { Operation, OPERATION, operationOf } from './operation.js';
export { RequestGuard } from './request.guard.js';
export { etagOf } from './revision.js';
