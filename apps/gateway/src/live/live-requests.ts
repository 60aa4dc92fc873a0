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
import { toActor } from '../requests/requests.module.js';
import { AccessCodeVisibility } from '../agent-work/agent-work.module.js';
import { AuthenticateMember, NotAdmitted } from './authenticate-member.js';
import { toHolderKey, toSkillRoom, type LiveSocket } from './live-socket.js';

const REPLAY_PAGE_SIZE = 200;
/** When a gateway fails, thousands of clients replay at once. The excess waits here instead of as pending RPCs. */
const MAX_CONCURRENT_REPLAYS = 24;
const REPLAY_TIMEOUT_MS = 8_000;

type RequestOf<N extends LiveRequestName> = InstanceType<(typeof LIVE_REQUESTS)[N]['request']>;
type ReplyOf<N extends LiveRequestName> = InstanceType<(typeof LIVE_REQUESTS)[N]['reply']>;
type Handlers = { readonly [N in LiveRequestName]: (socket: LiveSocket, request: RequestOf<N>) => Promise<ReplyOf<N>> };

export type LiveReply = ({ ok: true } & object) | LiveRefusal;

export const toLiveRefusal = (code: string, message: string, details: { retryAfterMs?: number } = {}): LiveRefusal => ({
  ok: false,
  code,
  message: message.slice(0, 2000),
  ...details,
});

const CONTRACTS: ReadonlyMap<string, readonly [LiveRequestName, LiveRequestContract]> = new Map(
  (Object.keys(LIVE_REQUESTS) as LiveRequestName[]).map((name) => [
    LIVE_REQUESTS[name].event,
    [name, LIVE_REQUESTS[name]],
  ]),
);

/**
 * Handles the requests of sockets: parses a request, calls the app that owns the data, and returns the reply. It acts
 * only for the agent of the socket.
 */
@Injectable()
export class LiveRequests {
  private readonly logger = new Logger('Live');
  private readonly replays = new Limiter(MAX_CONCURRENT_REPLAYS);

  constructor(
    private readonly rpc: RpcClient,
    private readonly authenticateMember: AuthenticateMember,
    private readonly codes: AccessCodeVisibility,
  ) {}

  isKnown(event: string): boolean {
    return CONTRACTS.has(event);
  }

  /** Never throws: failures are returned as refusals. */
  async handle(socket: LiveSocket, event: string, body: unknown): Promise<LiveReply> {
    const [name, contract] = CONTRACTS.get(event) ?? [];
    if (!name || !contract) return toLiveRefusal('unknown_event', 'Unknown event; see the AsyncAPI document.');
    const audience = socket.data.session.identity.role === 'agent' ? 'agent' : 'dispatcher';
    if (!contract.from.includes(audience))
      return toLiveRefusal('forbidden', `Only an agent’s application can send ${event}.`);
    try {
      // A binary packet is an object in JavaScript, but no contract accepts it.
      const request = parseContract(contract.request, ArrayBuffer.isView(body) ? null : body, 'reject');
      const handle = this.handlers[name] as (socket: LiveSocket, request: object) => Promise<object>;
      return { ok: true, ...(await handle(socket, request)) };
    } catch (error) {
      return this.toRefusal(error);
    }
  }

  private readonly handlers: Handlers = {
    replay: async (socket, { afterSequence, afterAnnouncement }) => {
      const [agentId, options] = toAgent(socket);
      const after = afterAnnouncement === undefined ? {} : { after: afterAnnouncement };
      const requestedAt = performance.now();
      const [inbox, announcementPage] = await this.replays.run(() => {
        // The client no longer waits for the reply, and calling the apps for it would only delay the other replays.
        if (performance.now() - requestedAt > REPLAY_TIMEOUT_MS)
          throw new CodedError('busy', 'Too many clients replay; try again later.');
        return Promise.all([
          this.rpc.call(ListInboxRpc, { agentId, afterSequence, limit: REPLAY_PAGE_SIZE }, options),
          this.rpc.call(ReadAnnouncementsRpc, { agentId, ...after, limit: REPLAY_PAGE_SIZE }, options),
        ]);
      });
      updateSkillRooms(socket, announcementPage.skills);
      return {
        items: await Promise.all(inbox.items.map((item) => this.codes.apply(options.organizationId, item))),
        announcements: announcementPage.items,
        announcementsUpTo: announcementPage.upTo,
        more: inbox.items.length === REPLAY_PAGE_SIZE || announcementPage.items.length === REPLAY_PAGE_SIZE,
      };
    },
    acknowledge: async (socket, { messageId }) => {
      const [agentId, options] = toAgent(socket);
      const message = await this.rpc.call(AcknowledgeMessageRpc, { agentId, messageId }, options);
      return { message: await this.codes.apply(options.organizationId, message) };
    },
    listened: async (socket, { messageId }) => {
      const [agentId, options] = toAgent(socket);
      const message = await this.rpc.call(ReportListenedRpc, { agentId, messageId }, options);
      return { message: await this.codes.apply(options.organizationId, message) };
    },
    announcementsRead: async (socket, { upTo }) => {
      const [agentId, options] = toAgent(socket);
      const { readUpTo } = await this.rpc.call(ConfirmAnnouncementsRpc, { agentId, upTo }, options);
      return { readUpTo };
    },
    deliveryStatus: async (socket, { deliveryId, ...report }) => {
      const [agentId, options] = toAgent(socket);
      const delivery = await this.rpc.call(ReportStatusRpc, { agentId, deliveryId, report }, options);
      return { delivery: await this.codes.apply(options.organizationId, delivery) };
    },
    location: async (socket, location) => {
      const [agentId, options] = toAgent(socket);
      return this.rpc.call(ReportAgentLocationRpc, { ...location, agentId }, options);
    },
    reauthenticate: async (socket, { token }) => {
      const { session } = socket.data;
      const verified = await this.authenticateMember.execute(token);
      // Another identity would have other rooms, and events already sent cannot be revoked. It must open its own
      // socket.
      if (toHolderKey(verified.identity) !== toHolderKey(session.identity)) {
        throw new CodedError(
          'another_identity',
          'The new token belongs to another identity; open another socket for it.',
        );
      }
      session.identity = verified.identity;
      session.expiresAt = verified.expiresAt;
      session.isWarned = false;
      return verified.expiresAt === Infinity ? {} : { expiresAt: new Date(verified.expiresAt).toISOString() };
    },
  };

  private toRefusal(error: unknown): LiveRefusal {
    if (error instanceof ContractViolation || error instanceof CodedError)
      return toLiveRefusal(error.code, error.message);
    if (error instanceof NotAdmitted) return toLiveRefusal(error.code, 'This token does not permit a live connection.');
    this.logger.error(error, 'Live request failed');
    return toLiveRefusal('internal', 'Internal error; try again.');
  }
}

/** @throws CodedError `forbidden` if the socket is not an agent's */
function toAgent(socket: LiveSocket): [agentId: string, options: CallOptions] {
  const { identity } = socket.data.session;
  if (identity.role !== 'agent') throw new CodedError('forbidden', 'Only an agent has an inbox.');
  return [identity.agentId, { organizationId: identity.organizationId, actor: toActor(identity) }];
}

/** Moves the socket to the rooms of these skills, so that the agent receives exactly their announcements. */
function updateSkillRooms(socket: LiveSocket, skills: readonly string[]): void {
  const { session } = socket.data;
  const { organizationId } = session.identity;
  if (session.isClosing) return;
  for (const skill of session.skills)
    if (!skills.includes(skill)) void socket.leave(toSkillRoom(organizationId, skill));
  for (const skill of skills) if (!session.skills.includes(skill)) void socket.join(toSkillRoom(organizationId, skill));
  session.skills = skills;
}
