import { assert, assertEquals } from "@std/assert";
import { publishedFigures } from "lib/experiments/published_figures.ts";
import { memoryParts } from "tools/results/memory_parts.ts";

Deno.test("publishedFigures has a figure for every network that is run at the published settings", () => {
  const parts = {
    "adding": ["adding", "adding-orthogonal"],
    "temporal order": ["temporal-order", "temporal-order-orthogonal"],
  };
  for (const [task, names] of Object.entries(parts)) {
    const networks = names.flatMap((name) => Object.keys(memoryParts[name].learners));
    const missing = networks.filter((network) => publishedFigures[task][network] === undefined);
    assertEquals(missing, []);
  }
});

Deno.test("publishedFigures gives a network the same figure however it is drawn", () => {
  const { adding } = publishedFigures;
  assertEquals(adding["GRU"], "750 updates");
  assertEquals(adding["GRU orthogonal, not clipped"], adding["GRU"]);
  assert(adding["tanh, orthogonal"] !== adding["tanh, Gaussian 0.1"]);
});
