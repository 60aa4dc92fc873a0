import { Inject, Logger } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Namespace, Server, Socket } from 'socket.io';
import {
  AcknowledgeMessage,
  CodedError,
  IdField,
  IntegerField,
  ListInbox,
  parseContract,
  ContractViolation,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Authenticate } from '../access/authenticate.js';
import { mayUse } from '../access/access.guard.js';
import type { Identity, Member } from '../access/identity.js';

class ReplayRequest {
  @IntegerField({ min: 0 }) afterSequence!: number;
}
class AcknowledgeRequest {
  @IdField() messageId!: string;
}

type LiveSocket = Socket<object, object, object, { identity: Member }>;
type Answer<T> = ({ ok: true } & T) | { ok: false; code: string; message: string };

const REPLAY_PAGE = 200;

/** Rooms are chosen here from the proven identity, never by the client. */
export const agentRoom = (organizationId: string, agentId: string): string => `agent:${organizationId}:${agentId}`;
export const liveRoom = (organizationId: string): string => `live:${organizationId}`;

/**
 * The live channel. What is sent here is only a hint: an agent's messages lie in the inbox, and after a reconnect the
 * application asks for everything after the last sequence it has.
 */
@WebSocketGateway({ cors: false, maxHttpBufferSize: 64 * 1024 })
export class LiveGateway implements OnGatewayInit {
  private readonly logger = new Logger(LiveGateway.name);
  @WebSocketServer() readonly server!: Server;

  constructor(
    @Inject(Authenticate) private readonly authenticate: Authenticate,
    @Inject(RpcClient) private readonly rpc: RpcClient,
  ) {}

  afterInit(server: Server | Namespace): void {
    server.use((socket, next) => {
      this.admit(socket as LiveSocket).then(
        () => next(),
        (error: unknown) => next(error instanceof Error ? error : new Error('refused')),
      );
    });
  }

  /** Everything in the agent's inbox after a sequence, oldest first. */
  @SubscribeMessage('replay')
  replay(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody() body: unknown,
  ): Promise<Answer<{ items: InboxMessage[] }>> {
    return this.forAgent(socket, async ({ organizationId, agentId }) => {
      const { afterSequence } = parseContract(ReplayRequest, body, 'reject');
      return this.rpc.call(ListInbox, { agentId, afterSequence, limit: REPLAY_PAGE }, { organizationId });
    });
  }

  @SubscribeMessage('acknowledge')
  acknowledge(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody() body: unknown,
  ): Promise<Answer<{ message: InboxMessage }>> {
    return this.forAgent(socket, async ({ organizationId, agentId }) => {
      const { messageId } = parseContract(AcknowledgeRequest, body, 'reject');
      const message = await this.rpc.call(AcknowledgeMessage, { agentId, messageId }, { organizationId });
      return { message };
    });
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const credential: unknown = socket.handshake.auth['token'];
    const identity: Identity | null =
      typeof credential === 'string' ? await this.authenticate.execute(credential) : null;
    if (!identity || identity.role === 'operator') throw new Error('unauthorized');
    if (identity.role === 'agent') await socket.join(agentRoom(identity.organizationId, identity.agentId));
    else if (mayUse(identity, 'live:watch')) await socket.join(liveRoom(identity.organizationId));
    else throw new Error('forbidden');
    socket.data.identity = identity;
  }

  private async forAgent<T extends object>(
    socket: LiveSocket,
    work: (agent: Extract<Member, { role: 'agent' }>) => Promise<T>,
  ): Promise<Answer<T>> {
    const { identity } = socket.data;
    if (identity.role !== 'agent') return { ok: false, code: 'forbidden', message: 'Only an agent has an inbox.' };
    try {
      return { ok: true, ...(await work(identity)) };
    } catch (error) {
      if (error instanceof ContractViolation) return { ok: false, code: error.code, message: error.message };
      if (error instanceof CodedError) return { ok: false, code: error.code, message: error.message };
      this.logger.error(error, 'A socket’s request failed');
      return { ok: false, code: 'internal', message: 'Something broke; try again.' };
    }
  }
}
