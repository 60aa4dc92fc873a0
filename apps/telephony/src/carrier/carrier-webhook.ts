import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { CarrierWebhookGuard } from './carrier-webhook.guard.js';
import { InvalidWebhookFilter } from './invalid-webhook.filter.js';

export const XML_CONTENT_TYPE = 'text/xml; charset=utf-8';
/** A TwiML document without verbs: the carrier ends the call, or sends no reply to a text message. */
export const EMPTY_DOCUMENT = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Marks a controller of carrier webhooks: requests that the carrier did not sign are rejected. */
export const CarrierWebhook = (): ClassDecorator =>
  applyDecorators(Controller('twilio'), UseGuards(CarrierWebhookGuard), UseFilters(InvalidWebhookFilter));
