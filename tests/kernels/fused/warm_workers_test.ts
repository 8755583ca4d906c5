import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { WarmWorkers } from "lib/kernels/fused/warm_workers.ts";

const COUNTER = "let served = 0; onmessage = () => postMessage(++served);";

function served(worker: Worker): Promise<number> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage("serve");
  });
}

Deno.test("WarmWorkers passes a worker on, alive, to the next owner", async () => {
  const workers = new WarmWorkers(COUNTER, 20);
  const first = workers.take();
  assertEquals(await served(first), 1);
  workers.giveBack(first);
  assertEquals(workers.idleCount, 1);
  const second = workers.take();
  assertStrictEquals(second, first);
  assertEquals(await served(second), 2);
  assertEquals(workers.idleCount, 0);
  second.terminate();
});

Deno.test("WarmWorkers ends a worker that nobody takes in time", async () => {
  const workers = new WarmWorkers(COUNTER, 20);
  const first = workers.take();
  assertEquals(await served(first), 1);
  workers.giveBack(first);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assertEquals(workers.idleCount, 0);
  const second = workers.take();
  assertNotStrictEquals(second, first);
  assertEquals(await served(second), 1);
  second.terminate();
});

Deno.test("WarmWorkers ends a worker at once outside a kernel", async () => {
  const workers = new WarmWorkers(COUNTER);
  const worker = workers.take();
  assert(await served(worker) === 1);
  workers.giveBack(worker);
  assertEquals(workers.idleCount, 0);
});
