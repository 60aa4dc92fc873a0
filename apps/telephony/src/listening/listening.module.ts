import { Module } from '@nestjs/common';
import { getRecordingKeys } from '#libs/platform/config/index.js';
import { TelephonyConfig, withoutTrailingSlash } from '../config/config.module.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { GetRecordingLink } from './get-recording-link.js';
import { ListenToRecordingController } from './listen-to-recording.controller.js';
import { ListeningLinks } from './listening-links.js';
import { ListeningRpc } from './listening.rpc.js';

/** Signed links to recordings, and the audio that they serve. */
@Module({
  imports: [RecordingsModule],
  controllers: [ListeningRpc, ListenToRecordingController],
  providers: [
    {
      provide: ListeningLinks,
      inject: [TelephonyConfig],
      useFactory: (config: TelephonyConfig) =>
        new ListeningLinks(withoutTrailingSlash(config.LISTENING_URL ?? config.PUBLIC_URL), getRecordingKeys(config)),
    },
    GetRecordingLink,
  ],
})
export class ListeningModule {}
