import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { notificationSchema } from '#libs/persistence/schemas/notifications/notifications.js';
import { NotificationsConfig } from '../config/config.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { BeginPush } from './begin-push.js';
import { EscalationConsumer } from './escalation.consumer.js';
import { EscalationDelays } from './escalation.js';
import { EscalationWorker } from './escalation.worker.js';
import { NOTIFICATION_MODEL, NotificationRepository } from './notification.repository.js';
import { PushMessage } from './push-message.js';
import { RecordMessageStatus } from './record-message-status.js';
import { RecordPush } from './record-push.js';
import { RequestSms } from './request-sms.js';
import { ScheduleEscalation } from './schedule-escalation.js';
import { StopEscalation } from './stop-escalation.js';

export { ScheduleEscalation } from './schedule-escalation.js';
export { StopEscalation } from './stop-escalation.js';
const DEFAULT_PUSH_AFTER_SECONDS = 15;
const DEFAULT_SMS_AFTER_SECONDS = 120;

const createEscalationDelays = (config: NotificationsConfig): EscalationDelays =>
  new EscalationDelays(
    config.PUSH_AFTER_SECONDS ?? DEFAULT_PUSH_AFTER_SECONDS,
    config.SMS_AFTER_SECONDS ?? DEFAULT_SMS_AFTER_SECONDS,
  );

/** Escalates by push, then by SMS, until the agent acknowledges the message. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: NOTIFICATION_MODEL, schema: notificationSchema }]),
    DevicesModule,
    MessagesModule,
  ],
  controllers: [EscalationConsumer],
  providers: [
    { provide: EscalationDelays, useFactory: createEscalationDelays, inject: [NotificationsConfig] },
    NotificationRepository,
    ScheduleEscalation,
    StopEscalation,
    BeginPush,
    RecordPush,
    PushMessage,
    RequestSms,
    RecordMessageStatus,
    EscalationWorker,
  ],
  exports: [ScheduleEscalation, StopEscalation],
})
export class EscalationModule {}
