import type { AppName, ContractRegistry } from '#libs/contracts/kernel/index.js';

/** A handler method that an app declares with `@OnEvent` or `@OnRpc`. */
export interface DeclaredHandler {
  readonly kind: 'event' | 'rpc';
  readonly subject: string;
}

/**
 * Compares an app's handlers with the contract registry.
 * @returns one sentence for every missing, duplicate or unregistered handler; empty when the handlers are complete
 */
export function findHandlerProblems(
  app: AppName,
  registry: ContractRegistry,
  handlers: readonly DeclaredHandler[],
): string[] {
  const expected = [
    ...registry.eventsConsumedBy(app).map(({ subject }) => ({ kind: 'event', subject }) as const),
    ...registry.rpcsServedBy(app).map(({ subject }) => ({ kind: 'rpc', subject }) as const),
  ];
  const count = new Map<string, number>();
  for (const handler of handlers) count.set(toKey(handler), (count.get(toKey(handler)) ?? 0) + 1);
  const expectedKeys = new Set(expected.map(toKey));
  const decorator = { event: '@OnEvent', rpc: '@OnRpc' } as const;
  return [
    ...expected
      .filter((entry) => !count.has(toKey(entry)))
      .map(({ kind, subject }) => `${subject}: the registry names ${app}, which has no ${decorator[kind]} handler`),
    ...[...count]
      .filter(([, times]) => times > 1)
      .map(([key, times]) => `${toSubject(key)}: handled ${times} times; declare only one handler`),
    ...[...count.keys()]
      .filter((key) => !expectedKeys.has(key))
      .map((key) => `${toSubject(key)}: handled here, but the registry does not name ${app} for it`),
  ];
}

const toKey = ({ kind, subject }: DeclaredHandler): string => `${kind} ${subject}`;
const toSubject = (key: string): string => key.slice(key.indexOf(' ') + 1);
