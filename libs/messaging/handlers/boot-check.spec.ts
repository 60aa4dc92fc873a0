import { ContractRegistry, defineEvent, defineQuery } from '#libs/contracts/kernel/index.js';
import { IdField } from '#libs/contracts/fields/index.js';
import { findHandlerProblems } from './boot-check.js';

class Payload {
  @IdField() id!: string;
}

const event = (subject: string) => defineEvent({ subject, payload: Payload, consumers: ['analytics'], summary: '' });
const query = (subject: string) =>
  defineQuery({ subject, request: Payload, reply: Payload, callers: ['gateway'], summary: '' });
const registry = new ContractRegistry(
  [event('routing.a.happened.v1'), event('routing.b.happened.v1')],
  [query('rpc.analytics.a.get.v1'), query('rpc.routing.a.get.v1')],
);

it('finds no problem when handlers and registry match', () => {
  const handlers = [
    { kind: 'event', subject: 'routing.a.happened.v1' },
    { kind: 'event', subject: 'routing.b.happened.v1' },
    { kind: 'rpc', subject: 'rpc.analytics.a.get.v1' },
  ] as const;
  expect(findHandlerProblems('analytics', registry, handlers)).toEqual([]);
});

it('lists every missing, duplicate and unregistered handler', () => {
  const handlers = [
    { kind: 'event', subject: 'routing.a.happened.v1' },
    { kind: 'event', subject: 'routing.a.happened.v1' },
    { kind: 'rpc', subject: 'rpc.routing.a.get.v1' },
  ] as const;
  const problems = findHandlerProblems('analytics', registry, handlers);
  expect(problems).toHaveLength(4);
  expect(problems.join('\n')).toMatch(/b\.happened\.v1: .*no @OnEvent/);
  expect(problems.join('\n')).toMatch(/rpc\.analytics\.a\.get\.v1: .*no @OnRpc/);
  expect(problems.join('\n')).toMatch(/a\.happened\.v1: handled 2 times/);
  expect(problems.join('\n')).toMatch(/rpc\.routing\.a\.get\.v1: .*does not name analytics/);
});
