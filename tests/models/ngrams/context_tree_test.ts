import { assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { countContexts } from "lib/models/ngrams/context_tree.ts";

Deno.test("countContexts() counts abracadabra as one does by hand", () => {
  const ids = [..."abracadabra"].map((letter) => "abcdr".indexOf(letter));
  const tree = countContexts(ids, 2);
  const a = tree.child(0, 0);
  assertEquals(tree.occurrences[a], 5);
  assertEquals(tree.followed[a], 4); // the last a is followed by nothing
  assertEquals(tree.followers[a], 3); // b, c, d
  assertEquals(tree.occurrences[tree.child(a, 1)], 2);
  assertEquals(tree.child(a, 4), -1);
  assertEquals([tree.followed[0], tree.followers[0]], [11, 5]);
  const found: Record<string, number> = {};
  tree.forEachFollower(a, (symbol, count) => found["abcdr"[symbol]] = count);
  assertEquals(found, { b: 2, c: 1, d: 1 });
  assertEquals(tree.nodeCount, 1 + 5 + 7); // ab br ra ac ca ad da
});

Deno.test("countContexts() counts 5,000 symbols as a table of spelled-out n-grams does", () => {
  const random = randomStream(1, "symbols");
  // Ids up to 40,000, as a large vocabulary has them, few enough to come again.
  const ids = Int32Array.from({ length: 5_000 }, () => 5_000 * Math.floor(9 * random() * random()));
  const order = 4;
  const tree = countContexts(ids, order);
  const spelled = new Map<string, number>();
  for (let place = 0; place < ids.length; place++) {
    for (let length = 1; length <= order && place + length <= ids.length; length++) {
      const key = ids.slice(place, place + length).join(" ");
      spelled.set(key, (spelled.get(key) ?? 0) + 1);
    }
  }
  assertEquals(tree.nodeCount, spelled.size + 1);
  let agreeing = 0;
  for (const [key, count] of spelled) {
    const node = key.split(" ").reduce((parent, id) => tree.child(parent, Number(id)), 0);
    if (tree.occurrences[node] === count) agreeing++;
  }
  assertEquals(agreeing, spelled.size);
});

Deno.test("countContexts() of no text is the root alone", () => {
  const tree = countContexts([], 3);
  assertEquals([tree.nodeCount, tree.followed[0], tree.child(0, 0)], [1, 0, -1]);
  assertThrows(() => countContexts([1], 0), RangeError, "got 0");
});
