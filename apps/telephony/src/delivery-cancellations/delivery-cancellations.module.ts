import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { calledOffDeliverySchema } from '#libs/persistence/schemas/telephony/called-off-deliveries.js';
import { CallLogModule } from '../call-log/call-log.module.js';
import { CallOffAttempts } from './call-off-attempts.js';
import { CalledOffDeliveryRepository } from './called-off-delivery.repository.js';
import { DeliveriesConsumer } from './deliveries.consumer.js';

export { CalledOffDeliveryRepository } from './called-off-delivery.repository.js';

/** Cancels the attempts of canceled deliveries. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'CalledOffDelivery', schema: calledOffDeliverySchema }]), CallLogModule],
  controllers: [DeliveriesConsumer],
  providers: [CalledOffDeliveryRepository, CallOffAttempts],
  exports: [CalledOffDeliveryRepository],
})
export class DeliveryCancellationsModule {}
