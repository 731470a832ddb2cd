import { parentPort } from 'node:worker_threads';
import { judgeWheel, type WheelQuestion } from './judge-wheel.ts';

/** A thread of the pool that verifies wheels: a question comes, an answer goes; a bug ends it. */
parentPort?.on('message', (question: WheelQuestion) => {
  void judgeWheel(question).then((answer) => parentPort?.postMessage(answer));
});
