import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { OsrmTravelTimes } from '#libs/adapters/travel-times/osrm/osrm-travel-times.js';
import { ValhallaTravelTimes } from '#libs/adapters/travel-times/valhalla/valhalla-travel-times.js';
import { travelRecordSchema } from '#libs/persistence/schemas/routing/travel-records.js';
import { TravelTimes } from '#libs/ports/travel-times.js';
import { AgentPerformanceModule } from '../agent-performance/agent-performance.module.js';
import { RoutingConfig } from '../config/config.module.js';
import { FindTravelTimes } from './find-travel-times.js';
import { LearnTravel } from './learn-travel.js';
import { TravelRecordRepository } from './travel-record.repository.js';

export { FindTravelTimes } from './find-travel-times.js';
export { LearnTravel } from './learn-travel.js';
export { TravelRecordRepository } from './travel-record.repository.js';

/** Travel times, from a routing server and learned from past deliveries. */
@Module({
  imports: [AgentPerformanceModule, MongooseModule.forFeature([{ name: 'TravelRecord', schema: travelRecordSchema }])],
  providers: [
    FindTravelTimes,
    LearnTravel,
    TravelRecordRepository,
    { provide: TravelTimes, useFactory: createTravelTimes, inject: [RoutingConfig] },
  ],
  exports: [FindTravelTimes, LearnTravel, TravelRecordRepository],
})
export class TravelModule {}

/** Creates the client of the configured routing server; `undefined` for great-circle distances. */
function createTravelTimes({ TRAVEL_TIMES: source, TRAVEL_TIMES_URL: url }: RoutingConfig): TravelTimes | undefined {
  if (source === 'great-circle') return undefined;
  if (url === undefined) throw new Error(`TRAVEL_TIMES is ${source}: set TRAVEL_TIMES_URL to the URL of its server.`);
  return source === 'osrm' ? new OsrmTravelTimes({ url }) : new ValhallaTravelTimes({ url });
}
