import 'node:fs';
import '#libs/adapters/twilio/twilio-client.js';
