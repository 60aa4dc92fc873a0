import { Injectable, Logger } from '@nestjs/common';
import {
  AcknowledgeMessageRpc,
  CodedError,
  ConfirmAnnouncementsRpc,
  ContractViolation,
  LIVE_REQUESTS,
  ListInboxRpc,
  parseContract,
  ReadAnnouncementsRpc,
  ReportAgentLocationRpc,
  ReportListenedRpc,
  ReportStatusRpc,
  type LiveRefusal,
  type LiveRequestContract,
  type LiveRequestName,
} from '#libs/contracts/index.js';
import { RpcClient, type CallOptions } from '#libs/messaging/index.js';
import { Limiter } from '#libs/messaging/link/limiter.js';
import { actorOf } from '../requests/requests.module.js';
import { CodesOfTheDay } from '../agent-work/agent-work.module.js';
import { AuthenticateMember, NotAdmitted } from './authenticate-member.js';
import { holderOf, skillRoom, type LiveSocket } from './live-socket.js';

const REPLAY_PAGE = 200;
/** After a gateway's death thousands replay at once. So many are asked for at a time; the others wait here, not as RPCs. */
const REPLAYS_AT_ONCE = 24;
const REPLAY_PATIENCE_MS = 8_000;

type RequestOf<N extends LiveRequestName> = InstanceType<(typeof LIVE_REQUESTS)[N]['request']>;
type ReplyOf<N extends LiveRequestName> = InstanceType<(typeof LIVE_REQUESTS)[N]['reply']>;
type Handlers = { readonly [N in LiveRequestName]: (socket: LiveSocket, request: RequestOf<N>) => Promise<ReplyOf<N>> };

export type LiveAnswer = ({ ok: true } & object) | LiveRefusal;

export const refused = (code: string, message: string, more: { retryAfterMs?: number } = {}): LiveRefusal => ({
  ok: false,
  code,
  message: message.slice(0, 2000),
  ...more,
});

const CONTRACTS: ReadonlyMap<string, readonly [LiveRequestName, LiveRequestContract]> = new Map(
  (Object.keys(LIVE_REQUESTS) as LiveRequestName[]).map((name) => [
    LIVE_REQUESTS[name].event,
    [name, LIVE_REQUESTS[name]],
  ]),
);

/** Does what a socket asks for: parse by contract, ask the owner, answer. The agent is always the socket's own. */
@Injectable()
export class LiveRequests {
  private readonly logger = new Logger('Live');
  private readonly replays = new Limiter(REPLAYS_AT_ONCE);

  constructor(
    private readonly rpc: RpcClient,
    private readonly authenticateMember: AuthenticateMember,
    private readonly codes: CodesOfTheDay,
  ) {}

  isKnown(event: string): boolean {
    return CONTRACTS.has(event);
  }

  /** Never throws: whatever goes wrong is the answer. */
  async answer(socket: LiveSocket, event: string, body: unknown): Promise<LiveAnswer> {
    const [name, contract] = CONTRACTS.get(event) ?? [];
    if (!name || !contract) return refused('unknown_event', 'Nobody here knows this event; see the AsyncAPI document.');
    const audience = socket.data.session.identity.role === 'agent' ? 'agent' : 'dispatcher';
    if (!contract.from.includes(audience))
      return refused('forbidden', `Only an agent’s application can ask for ${event}.`);
    try {
      // A binary packet is an object to JavaScript, and nothing to a contract.
      const request = parseContract(contract.request, ArrayBuffer.isView(body) ? null : body, 'reject');
      const handle = this.handlers[name] as (socket: LiveSocket, request: object) => Promise<object>;
      return { ok: true, ...(await handle(socket, request)) };
    } catch (error) {
      return this.refusalOf(error);
    }
  }

  private readonly handlers: Handlers = {
    replay: async (socket, { afterSequence, afterAnnouncement }) => {
      const [agentId, options] = agentOf(socket);
      const after = afterAnnouncement === undefined ? {} : { after: afterAnnouncement };
      const askedAt = performance.now();
      const [inbox, announced] = await this.replays.run(() => {
        // Nobody waits for the answer any more; to ask for it would only keep the others waiting.
        if (performance.now() - askedAt > REPLAY_PATIENCE_MS)
          throw new CodedError('busy', 'Too many replay: ask later.');
        return Promise.all([
          this.rpc.call(ListInboxRpc, { agentId, afterSequence, limit: REPLAY_PAGE }, options),
          this.rpc.call(ReadAnnouncementsRpc, { agentId, ...after, limit: REPLAY_PAGE }, options),
        ]);
      });
      followSkills(socket, announced.skills);
      return {
        items: await Promise.all(inbox.items.map((item) => this.codes.show(options.organizationId, item))),
        announcements: announced.items,
        announcementsUpTo: announced.upTo,
        more: inbox.items.length === REPLAY_PAGE || announced.items.length === REPLAY_PAGE,
      };
    },
    acknowledge: async (socket, { messageId }) => {
      const [agentId, options] = agentOf(socket);
      const message = await this.rpc.call(AcknowledgeMessageRpc, { agentId, messageId }, options);
      return { message: await this.codes.show(options.organizationId, message) };
    },
    listened: async (socket, { messageId }) => {
      const [agentId, options] = agentOf(socket);
      const message = await this.rpc.call(ReportListenedRpc, { agentId, messageId }, options);
      return { message: await this.codes.show(options.organizationId, message) };
    },
    announcementsRead: async (socket, { upTo }) => {
      const [agentId, options] = agentOf(socket);
      const { readUpTo } = await this.rpc.call(ConfirmAnnouncementsRpc, { agentId, upTo }, options);
      return { readUpTo };
    },
    deliveryStatus: async (socket, { deliveryId, ...report }) => {
      const [agentId, options] = agentOf(socket);
      const delivery = await this.rpc.call(ReportStatusRpc, { agentId, deliveryId, report }, options);
      return { delivery: await this.codes.show(options.organizationId, delivery) };
    },
    location: async (socket, location) => {
      const [agentId, options] = agentOf(socket);
      return this.rpc.call(ReportAgentLocationRpc, { ...location, agentId }, options);
    },
    reauthenticate: async (socket, { token }) => {
      const { session } = socket.data;
      const proof = await this.authenticateMember.execute(token);
      // Another identity would have other rooms, and what was sent already cannot be taken back: it opens its own socket.
      if (holderOf(proof.identity) !== holderOf(session.identity)) {
        throw new CodedError('another_identity', 'The new token proves somebody else; open another socket for it.');
      }
      session.identity = proof.identity;
      session.expiresAt = proof.expiresAt;
      session.warned = false;
      return proof.expiresAt === Infinity ? {} : { expiresAt: new Date(proof.expiresAt).toISOString() };
    },
  };

  private refusalOf(error: unknown): LiveRefusal {
    if (error instanceof ContractViolation || error instanceof CodedError) return refused(error.code, error.message);
    if (error instanceof NotAdmitted) return refused(error.code, 'This token proves nobody who may connect.');
    this.logger.error(error, 'A socket’s request failed');
    return refused('internal', 'Something broke; try again.');
  }
}

/** @throws CodedError `forbidden` for anybody else */
function agentOf(socket: LiveSocket): [agentId: string, options: CallOptions] {
  const { identity } = socket.data.session;
  if (identity.role !== 'agent') throw new CodedError('forbidden', 'Only an agent has an inbox.');
  return [identity.agentId, { organizationId: identity.organizationId, actor: actorOf(identity) }];
}

/** The agent hears of announcements for their skills from now on, and of no others. */
function followSkills(socket: LiveSocket, skills: readonly string[]): void {
  const { session } = socket.data;
  const { organizationId } = session.identity;
  if (session.closing) return;
  for (const skill of session.skills) if (!skills.includes(skill)) void socket.leave(skillRoom(organizationId, skill));
  for (const skill of skills) if (!session.skills.includes(skill)) void socket.join(skillRoom(organizationId, skill));
  session.skills = skills;
}
