import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { WebPushSender } from '#libs/adapters/push/web-push/web-push-sender.js';
import { agentInboxSchema } from '#libs/persistence/schemas/notifications/agent-inboxes.js';
import { announcementBoardSchema } from '#libs/persistence/schemas/notifications/announcement-boards.js';
import { announcementReaderSchema } from '#libs/persistence/schemas/notifications/announcement-readers.js';
import { announcementSchema } from '#libs/persistence/schemas/notifications/announcements.js';
import { deliveryBriefSchema } from '#libs/persistence/schemas/notifications/delivery-briefs.js';
import { deviceSchema } from '#libs/persistence/schemas/notifications/devices.js';
import { inboxMessageSchema } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { notificationSchema } from '#libs/persistence/schemas/notifications/notifications.js';
import { webhookDeliverySchema } from '#libs/persistence/schemas/notifications/webhook-deliveries.js';
import { webhookEndpointSchema } from '#libs/persistence/schemas/notifications/webhook-endpoints.js';
import type { WorkQueueModuleOptions } from '#libs/work-queue/index.js';
import { PushSender } from '#libs/ports/push.js';
import { ADDRESS_POLICY, type AddressPolicy } from './addresses/address-policy.js';
import {
  ANNOUNCEMENT_BOARD_MODEL,
  AnnouncementBoardRepository,
} from './announcements/announcement-board.repository.js';
import {
  ANNOUNCEMENT_READER_MODEL,
  AnnouncementReaderRepository,
} from './announcements/announcement-reader.repository.js';
import { ANNOUNCEMENT_MODEL, AnnouncementRepository } from './announcements/announcement.repository.js';
import { ConfirmAnnouncements } from './announcements/confirm-announcements.js';
import { KeepReader } from './announcements/keep-reader.js';
import { ListAnnouncements } from './announcements/list-announcements.js';
import { PublishAnnouncement } from './announcements/publish-announcement.js';
import { ReadAnnouncements } from './announcements/read-announcements.js';
import { AnnouncementsRpc } from './announcements.rpc.js';
import { DEVICE_MODEL, DeviceRepository } from './devices/device.repository.js';
import { ForgetCustomer } from './customer-data/forget-customer.js';
import { ForgetAgentDevices } from './devices/forget-agent-devices.js';
import { KeepAgentPhone } from './devices/keep-agent-phone.js';
import { ListDevices } from './devices/list-devices.js';
import { RegisterPushSubscription } from './devices/register-push-subscription.js';
import { RemoveDevice } from './devices/remove-device.js';
import { AcknowledgeMessage } from './inbox/acknowledge-message.js';
import { AGENT_INBOX_MODEL, AgentInboxRepository } from './inbox/agent-inbox.repository.js';
import { DELIVERY_BRIEF_MODEL, DeliveryBriefRepository } from './inbox/delivery-brief.repository.js';
import { INBOX_MESSAGE_MODEL, InboxMessageRepository } from './inbox/inbox-message.repository.js';
import { ListInbox } from './inbox/list-inbox.js';
import { ShowMessages } from './inbox/show-messages.js';
import { ReportListened } from './inbox/report-listened.js';
import { TellAgent } from './inbox/tell-agent.js';
import { WithdrawMessages } from './inbox/withdraw-messages.js';
import { BeginPush } from './ladder/begin-push.js';
import type { LadderDelays } from './ladder/ladder.js';
import { NOTIFICATION_MODEL, NotificationRepository } from './ladder/notification.repository.js';
import { PushMessage } from './ladder/push-message.js';
import { RecordMessageStatus } from './ladder/record-message-status.js';
import { RecordPush } from './ladder/record-push.js';
import { LADDER_DELAYS, ScheduleLadder } from './ladder/schedule-ladder.js';
import { SmsMessage } from './ladder/sms-message.js';
import type { NotificationsConfig } from './notifications.config.js';
import { NotificationsConsumer } from './notifications.consumer.js';
import { NotificationsRpc } from './notifications.rpc.js';
import { BeginWebhookTry } from './webhooks/begin-webhook-try.js';
import { ChangeWebhookEndpoint } from './webhooks/change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from './webhooks/create-webhook-endpoint.js';
import { DeleteWebhookEndpoint } from './webhooks/delete-webhook-endpoint.js';
import { ListWebhookDeliveries } from './webhooks/list-webhook-deliveries.js';
import { ListWebhookEndpoints } from './webhooks/list-webhook-endpoints.js';
import { QueueWebhooks } from './webhooks/queue-webhooks.js';
import { RecordWebhookTry, RetryPolicy } from './webhooks/record-webhook-try.js';
import { ReplayWebhook } from './webhooks/replay-webhook.js';
import { STANDARD_SCHEDULE } from './webhooks/retry-schedule.js';
import { RotateWebhookSecret } from './webhooks/rotate-webhook-secret.js';
import { ScheduleWebhookTry } from './webhooks/schedule-webhook-try.js';
import { SendWebhook } from './webhooks/send-webhook.js';
import { SettleWebhook } from './webhooks/settle-webhook.js';
import { WebhookClient } from './webhooks/webhook-client.js';
import { WEBHOOK_DELIVERY_MODEL, WebhookDeliveryRepository } from './webhooks/webhook-delivery.repository.js';
import { WEBHOOK_ENDPOINT_MODEL, WebhookEndpointRepository } from './webhooks/webhook-endpoint.repository.js';
import { SecretBox } from './webhooks/webhook-secret.js';
import { WebhooksRpc } from './webhooks.rpc.js';
import { NOTIFICATION_QUEUE } from './work-kinds.js';

/** Mostly waiting for other people's servers, so many at once cost little. */
const WORK_CONCURRENCY = 16;
const DEFAULT_PUSH_AFTER_SECONDS = 15;
const DEFAULT_SMS_AFTER_SECONDS = 120;

/** What a test may put in place of the app's own: a clock that is set, a shorter retry schedule. */
export interface NotificationsOverrides {
  readonly providers?: readonly Provider[];
  readonly workQueue?: Pick<WorkQueueModuleOptions, 'now' | 'options'>;
}

/** The composition root: it alone chooses adapters. */
@Module({})
export class NotificationsModule {
  static forConfig(config: NotificationsConfig, overrides: NotificationsOverrides = {}): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [
        ...meshInfrastructure('notifications', config, {
          redisUrl: config.REDIS_URL,
          queues: [{ name: NOTIFICATION_QUEUE, concurrency: WORK_CONCURRENCY }],
          overrides: overrides.workQueue,
        }),
        OperationsModule.forApp('notifications'),
        MongooseModule.forFeature(MODELS),
      ],
      controllers: [NotificationsConsumer, NotificationsRpc, AnnouncementsRpc, WebhooksRpc],
      // Of two providers of one token the last counts.
      providers: [...configuredProviders(config), ...USE_CASES, ...(overrides.providers ?? [])],
    };
  }
}

const MODELS = [
  { name: DEVICE_MODEL, schema: deviceSchema },
  { name: AGENT_INBOX_MODEL, schema: agentInboxSchema },
  { name: INBOX_MESSAGE_MODEL, schema: inboxMessageSchema },
  { name: DELIVERY_BRIEF_MODEL, schema: deliveryBriefSchema },
  { name: NOTIFICATION_MODEL, schema: notificationSchema },
  { name: WEBHOOK_ENDPOINT_MODEL, schema: webhookEndpointSchema },
  { name: WEBHOOK_DELIVERY_MODEL, schema: webhookDeliverySchema },
  { name: ANNOUNCEMENT_MODEL, schema: announcementSchema },
  { name: ANNOUNCEMENT_BOARD_MODEL, schema: announcementBoardSchema },
  { name: ANNOUNCEMENT_READER_MODEL, schema: announcementReaderSchema },
];

const USE_CASES: Provider[] = [
  ...[DeviceRepository, AgentInboxRepository, InboxMessageRepository, DeliveryBriefRepository],
  ...[NotificationRepository, WebhookEndpointRepository, WebhookDeliveryRepository],
  ...[TellAgent, AcknowledgeMessage, ListInbox, ShowMessages, KeepAgentPhone],
  ...[RegisterPushSubscription],
  ...[WithdrawMessages, ForgetAgentDevices, ForgetCustomer],
  ...[ScheduleLadder, BeginPush, RecordPush, PushMessage, SmsMessage, RecordMessageStatus],
  ...[QueueWebhooks, ScheduleWebhookTry, BeginWebhookTry, RecordWebhookTry, SettleWebhook, SendWebhook],
  ...[CreateWebhookEndpoint, ChangeWebhookEndpoint, DeleteWebhookEndpoint],
  ...[RotateWebhookSecret, ListWebhookEndpoints, ListWebhookDeliveries, ReplayWebhook],
  ...[AnnouncementRepository, AnnouncementBoardRepository, AnnouncementReaderRepository, KeepReader],
  ...[PublishAnnouncement, ListAnnouncements, ReadAnnouncements, ConfirmAnnouncements],
  ...[ListDevices, RemoveDevice, ReportListened],
];

function configuredProviders(config: NotificationsConfig): Provider[] {
  const policy: AddressPolicy = config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES ? 'private_allowed' : 'public_https_only';
  const delays: LadderDelays = {
    pushAfterSeconds: config.PUSH_AFTER_SECONDS ?? DEFAULT_PUSH_AFTER_SECONDS,
    smsAfterSeconds: config.SMS_AFTER_SECONDS ?? DEFAULT_SMS_AFTER_SECONDS,
  };
  return [
    { provide: ADDRESS_POLICY, useValue: policy },
    { provide: LADDER_DELAYS, useValue: delays },
    { provide: PushSender, useFactory: () => pushSenderFor(config) },
    { provide: RetryPolicy, useFactory: () => new RetryPolicy(STANDARD_SCHEDULE, Math.random) },
    { provide: SecretBox, useFactory: () => new SecretBox(config.WEBHOOK_SECRETS_KEY) },
    { provide: WebhookClient, useFactory: () => new WebhookClient(policy) },
  ];
}

function pushSenderFor(config: NotificationsConfig): PushSender {
  return new WebPushSender({
    subject: config.VAPID_SUBJECT,
    publicKey: config.VAPID_PUBLIC_KEY,
    privateKey: config.VAPID_PRIVATE_KEY,
    allowInsecureEndpoints: config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES,
  });
}
