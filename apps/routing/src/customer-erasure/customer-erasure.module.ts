import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { customerErasureSchema } from '#libs/persistence/schemas/routing/customer-erasures.js';
import { CallTimingModule } from '../call-timing/call-timing.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { CustomerErasureConsumer } from './customer-erasure.consumer.js';
import { CustomerErasureRepository } from './customer-erasure.repository.js';
import { CustomerErasureRpc } from './customer-erasure.rpc.js';
import { EraseCustomer } from './erase-customer.js';
import { RecordErasureReport } from './record-erasure-report.js';

/** Erases customers' personal data, and keeps a receipt of each erasure. */
@Module({
  imports: [
    CallTimingModule,
    CustomersModule,
    DeliveriesModule,
    MongooseModule.forFeature([{ name: 'CustomerErasure', schema: customerErasureSchema }]),
  ],
  controllers: [CustomerErasureConsumer, CustomerErasureRpc],
  providers: [CustomerErasureRepository, EraseCustomer, RecordErasureReport],
})
export class CustomerErasureModule {}
