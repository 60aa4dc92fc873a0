export { estimateArrivals, type Arrival } from './estimate-arrivals.js';
export { orderStops } from './order-stops.js';
export { RouteTimes, type RouteStart, type StopToOrder } from './route.js';
