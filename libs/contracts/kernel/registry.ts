import { APPS, type AppName } from './apps.js';
import type { EventContract } from './event.js';
import type { RpcContract } from './rpc.js';

const EVENT_SUBJECT = /^[a-z]+\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/;
const RPC_SUBJECT = /^rpc\.[a-z]+\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/;

/**
 * Every contract between the apps. At boot, each app compares its handlers with its entries in the registry. Streams
 * and consumers are created from the registry, and the reference documents are generated from it.
 */
export class ContractRegistry {
  private readonly eventsBySubject: ReadonlyMap<string, EventContract>;
  private readonly rpcsBySubject: ReadonlyMap<string, RpcContract>;

  /** @throws Error that lists every invalid or duplicate entry */
  constructor(
    readonly events: readonly EventContract[],
    readonly rpcs: readonly RpcContract[],
  ) {
    const problems = [
      ...events.flatMap(findEventProblems),
      ...rpcs.flatMap(findRpcProblems),
      ...findDuplicates([...events, ...rpcs]),
    ];
    if (problems.length > 0) throw new Error(`The contract registry is invalid:\n- ${problems.join('\n- ')}`);
    this.eventsBySubject = new Map(events.map((event) => [event.subject, event]));
    this.rpcsBySubject = new Map(rpcs.map((rpc) => [rpc.subject, rpc]));
  }

  event(subject: string): EventContract | undefined {
    return this.eventsBySubject.get(subject);
  }

  rpc(subject: string): RpcContract | undefined {
    return this.rpcsBySubject.get(subject);
  }

  eventsOwnedBy(app: AppName): EventContract[] {
    return this.events.filter((event) => event.owner === app);
  }

  eventsConsumedBy(app: AppName): EventContract[] {
    return this.events.filter((event) => event.consumers.includes(app));
  }

  rpcsServedBy(app: AppName): RpcContract[] {
    return this.rpcs.filter((rpc) => rpc.owner === app);
  }

  /** The apps that own events. Each has one stream. */
  get owners(): AppName[] {
    return APPS.filter((app) => this.eventsOwnedBy(app).length > 0);
  }
}

function findUnknownApps(subject: string, apps: readonly string[]): string[] {
  return apps
    .filter((app) => !(APPS as readonly string[]).includes(app))
    .map((app) => `${subject}: unknown app "${app}"`);
}

function findEventProblems(event: EventContract): string[] {
  return [
    ...(EVENT_SUBJECT.test(event.subject)
      ? []
      : [`${event.subject}: an event subject must be <owner>.<aggregate>.<what-happened>.v<n>`]),
    ...findUnknownApps(event.subject, [event.owner, ...event.consumers]),
    ...(event.consumers.length === 0 ? [`${event.subject}: has no consumers`] : []),
    ...(new Set(event.consumers).size < event.consumers.length ? [`${event.subject}: lists a consumer twice`] : []),
  ];
}

function findRpcProblems(rpc: RpcContract): string[] {
  return [
    ...(RPC_SUBJECT.test(rpc.subject)
      ? []
      : [`${rpc.subject}: an RPC subject must be rpc.<owner>.<aggregate>.<verb>.v<n>`]),
    ...findUnknownApps(rpc.subject, [rpc.owner, ...rpc.callers]),
    ...(rpc.callers.length === 0 ? [`${rpc.subject}: has no callers`] : []),
    ...(rpc.callers.includes(rpc.owner)
      ? [`${rpc.subject}: lists its owner as a caller; an app must not call itself by RPC`]
      : []),
  ];
}

function findDuplicates(contracts: readonly { subject: string }[]): string[] {
  const seen = new Set<string>();
  return contracts.flatMap(({ subject }) =>
    seen.size === seen.add(subject).size ? [`${subject}: declared twice`] : [],
  );
}
