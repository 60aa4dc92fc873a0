import '#libs/adapters/twilio/twilio-client.js';
import '../../../libs/testing/fake-clock.js';
import '../../beta/src/private.js';
