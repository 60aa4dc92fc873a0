export { orderStops, type StopToOrder } from './order-stops.js';
