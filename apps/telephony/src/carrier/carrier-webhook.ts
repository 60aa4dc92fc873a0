import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { CarrierWebhookGuard } from './carrier-webhook.guard.js';
import { InvalidWebhookFilter } from './invalid-webhook.filter.js';

export const XML = 'text/xml; charset=utf-8';
/** The carrier's "nothing to do". */
export const EMPTY_DOCUMENT = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** A controller of the carrier's webhooks: nothing in it runs unless the carrier signed the request. */
export const CarrierWebhook = (): ClassDecorator =>
  applyDecorators(Controller('twilio'), UseGuards(CarrierWebhookGuard), UseFilters(InvalidWebhookFilter));
