// graphile-worker on PostgreSQL, ten jobs at once; BENCH_LOCAL_QUEUE takes 500 at a time.
const fs = require('node:fs');
const { Logger, makeWorkerUtils, run, runMigrations } = require('graphile-worker');

const connectionString = process.env.BENCH_PG;
const logger = new Logger(() => () => {});
const line = Buffer.alloc(16);
let file;

function record(number) {
  file ??= fs.openSync(process.env.BENCH_RECORD, 'a');
  line.writeBigInt64LE(BigInt(number), 0);
  line.writeDoubleLE((performance.timeOrigin + performance.now()) / 1000, 8);
  fs.writeSync(file, line);
}

const verbs = {
  setup: () => runMigrations({ connectionString, logger }),
  async enqueue() {
    const dues = JSON.parse(fs.readFileSync(0));
    const jobs = dues.map((due, i) => (
      { identifier: 'noop', payload: { number: i + 1 }, runAt: new Date(due * 1000) }));
    const utils = await makeWorkerUtils({ connectionString, logger });
    for (let i = 0; i < jobs.length; i += 1000) await utils.addJobs(jobs.slice(i, i + 1000));
    await utils.release();
  },
  async work() {
    const worker = { connectionString, concurrentJobs: 10, pollInterval: 2000, maxPoolSize: 12 };
    if (process.env.BENCH_LOCAL_QUEUE) {
      Object.assign(worker,
        { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 });
    }
    const runner = await run({
      preset: { worker }, logger, taskList: { noop: async ({ number }) => record(number) } });
    await runner.promise;
  },
};

verbs[process.argv[2]]().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
