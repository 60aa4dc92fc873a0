import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { OsrmTravelTimes } from '#libs/adapters/travel-times/osrm/osrm-travel-times.js';
import { ValhallaTravelTimes } from '#libs/adapters/travel-times/valhalla/valhalla-travel-times.js';
import { travelRecordSchema } from '#libs/persistence/schemas/routing/travel-records.js';
import { TravelTimes } from '#libs/ports/travel-times.js';
import { AgentPerformanceModule } from '../agent-performance/agent-performance.module.js';
import { RoutingConfig } from '../config/config.module.js';
import { FindKnownWays } from './find-known-ways.js';
import { LearnTravel } from './learn-travel.js';
import { TravelRecordRepository } from './travel-record.repository.js';

export { FindKnownWays } from './find-known-ways.js';
export { LearnTravel } from './learn-travel.js';
export { TravelRecordRepository } from './travel-record.repository.js';

/** How long ways take: by a map's server, and by what past deliveries taught. */
@Module({
  imports: [AgentPerformanceModule, MongooseModule.forFeature([{ name: 'TravelRecord', schema: travelRecordSchema }])],
  providers: [
    FindKnownWays,
    LearnTravel,
    TravelRecordRepository,
    { provide: TravelTimes, useFactory: travelTimes, inject: [RoutingConfig] },
  ],
  exports: [FindKnownWays, LearnTravel, TravelRecordRepository],
})
export class TravelModule {}

/** The map's server; none where the great circle is all there is. */
function travelTimes({ TRAVEL_TIMES: map, TRAVEL_TIMES_URL: url }: RoutingConfig): TravelTimes | undefined {
  if (map === 'great-circle') return undefined;
  if (url === undefined) throw new Error(`TRAVEL_TIMES is ${map}: name its server by TRAVEL_TIMES_URL.`);
  return map === 'osrm' ? new OsrmTravelTimes({ url }) : new ValhallaTravelTimes({ url });
}
