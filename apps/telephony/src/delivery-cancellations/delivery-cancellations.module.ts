import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { canceledDeliverySchema } from '#libs/persistence/schemas/telephony/canceled-deliveries.js';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CancelAttempts } from './cancel-attempts.js';
import { CanceledDeliveryRepository } from './canceled-delivery.repository.js';
import { DeliveriesConsumer } from './deliveries.consumer.js';

export { CanceledDeliveryRepository } from './canceled-delivery.repository.js';

/** Cancels the attempts of canceled deliveries. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'CalledOffDelivery', schema: canceledDeliverySchema }]), CallLogModule],
  controllers: [DeliveriesConsumer],
  providers: [CanceledDeliveryRepository, CancelAttempts],
  exports: [CanceledDeliveryRepository],
})
export class DeliveryCancellationsModule {}
