import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { RECORDING_QUEUE } from '../config/config.module.js';
import { EraseCustomerData, type EraseCustomerDataWork } from './erase-customer-data.js';

/** Erases customers whose erasure is due. */
@Injectable()
export class CustomerDataWorker {
  constructor(private readonly eraseCustomerData: EraseCustomerData) {}

  @WorkHandler(RECORDING_QUEUE, 'erase-customer-data')
  onEraseCustomerData(item: WorkItem<EraseCustomerDataWork>): Promise<void> {
    return this.eraseCustomerData.execute(item);
  }
}
