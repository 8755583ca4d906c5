import { assertEquals } from "@std/assert";
import { numberHeap } from "lib/text/tokenizers/number_heap.ts";
import { randomStream } from "lib/random/random_stream.ts";

Deno.test("numberHeap() gives its numbers back in order, repeated ones too, beyond its first room", () => {
  const random = randomStream(1, "heap");
  const heap = numberHeap();
  const values = Array.from({ length: 500 }, () => Math.floor(random() * 100));
  values.forEach((value) => heap.push(value));
  assertEquals(heap.size(), 500);
  assertEquals(values.map(() => heap.pop()), values.toSorted((a, b) => a - b));
  assertEquals(heap.size(), 0);
});

Deno.test("numberHeap() stays in order while numbers come and go", () => {
  const heap = numberHeap();
  [5, 1, 4].forEach(heap.push);
  assertEquals(heap.pop(), 1);
  heap.push(2);
  heap.push(9);
  assertEquals([heap.pop(), heap.pop(), heap.pop(), heap.pop()], [2, 4, 5, 9]);
});
