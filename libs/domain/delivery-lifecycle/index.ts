export { hasConversation, isTerminal, transition, toTrigger, type TransitionResult } from './transition.js';
export {
  DELIVERY_STATES,
  DELIVERY_TRANSITIONS,
  DELIVERY_TRIGGERS,
  TERMINAL_DELIVERY_STATES,
  type DeliveryEvent,
  type DeliveryState,
  type DeliveryTrigger,
} from './transitions.js';
