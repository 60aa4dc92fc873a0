export { estimateArrivals, type Arrival } from './estimate-arrivals.js';
export { orderStops } from './order-stops.js';
export { RouteCosts as RouteTimes, type RouteStart, type RouteStop as StopToOrder } from './route.js';
