import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { CALL_QUEUE } from '../config/config.module.js';
import { ConcludeCall } from './conclude-call.js';
import { SpeakToMachine } from './speak-to-machine.js';

/** Handles the due work of conversations, apart from the carrier's webhooks. */
@Injectable()
export class ConversationWorker {
  constructor(
    private readonly speakToMachine: SpeakToMachine,
    private readonly concludeCall: ConcludeCall,
  ) {}

  @WorkHandler(CALL_QUEUE, 'speak-to-machine')
  onSpeakToMachine(item: WorkItem<AttemptWork>): Promise<void> {
    return this.speakToMachine.execute(item);
  }

  @WorkHandler(CALL_QUEUE, 'conclude-call')
  onConcludeCall(item: WorkItem<AttemptWork>): Promise<void> {
    return this.concludeCall.execute(item);
  }
}
