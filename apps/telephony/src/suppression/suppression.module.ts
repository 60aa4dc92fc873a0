import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { suppressedNumberSchema } from '#libs/persistence/schemas/telephony/suppressed-numbers.js';
import { SuppressedNumberRepository } from './suppressed-number.repository.js';
import { SuppressionConsumer } from './suppression.consumer.js';

export { EVERY_ORGANIZATION, SuppressedNumberRepository } from './suppressed-number.repository.js';

/** Numbers that may not be called or texted. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'SuppressedNumber', schema: suppressedNumberSchema }])],
  controllers: [SuppressionConsumer],
  providers: [SuppressedNumberRepository],
  exports: [SuppressedNumberRepository],
})
export class SuppressionModule {}
