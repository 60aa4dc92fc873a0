import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import type { AttemptWork } from '../call-log/call-log.module.js';
import { CALL_QUEUE } from '../config/config.module.js';
import { ConcludeCall } from './conclude-call.js';
import { LeaveVoicemail } from './leave-voicemail.js';

/** Handles the due work of conversations, apart from the carrier's webhooks. */
@Injectable()
export class ConversationWorker {
  constructor(
    private readonly leaveVoicemail: LeaveVoicemail,
    private readonly concludeCall: ConcludeCall,
  ) {}

  @WorkHandler(CALL_QUEUE, 'speak-to-machine')
  onLeaveVoicemail(item: WorkItem<AttemptWork>): Promise<void> {
    return this.leaveVoicemail.execute(item);
  }

  @WorkHandler(CALL_QUEUE, 'conclude-call')
  onConcludeCall(item: WorkItem<AttemptWork>): Promise<void> {
    return this.concludeCall.execute(item);
  }
}
