export { connectObserver } from './connect-observer.js';
export {
  TestServerError,
  startTestServers,
  testMongo,
  testNats,
  testRedis,
  testS3,
  type TestMongo,
  type TestS3,
  type TestServer,
} from './test-servers.js';
