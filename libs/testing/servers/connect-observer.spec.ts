import { connectObserver, testMongo } from './index.js';

describe("a test's view of an app's database", () => {
  it('holds only what the majority has, so that the app sees it too', async () => {
    const { uri } = await testMongo();
    const observer = await connectObserver(uri, 'routing');
    try {
      await observer.db?.setProfilingLevel('all');
      await observer.collection<{ _id: string }>('deliveries').findOne({ _id: 'dlv_1' });
      const profiled = await observer
        .collection('system.profile')
        .findOne({ 'command.find': 'deliveries' }, { projection: { ns: 1, 'command.readConcern.level': 1 } });
      expect(profiled).toMatchObject({
        ns: expect.stringMatching(/_routing\.deliveries$/) as string,
        command: { readConcern: { level: 'majority' } },
      });
    } finally {
      await observer.close();
    }
  });
});
