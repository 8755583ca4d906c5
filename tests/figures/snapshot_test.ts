import { assertEquals, assertRejects } from "@std/assert";
import { figureSamples } from "./figure_samples.ts";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("assertSnapshot() refuses a figure other than the stored one", async () => {
  if (Deno.env.get("UNROLLED_UPDATE_SNAPSHOTS") === "1") return;
  await assertRejects(() => assertSnapshot("bar_chart", figureSamples.scatter_plot()));
});

Deno.test("every sample has a stored snapshot and every snapshot a sample", () => {
  const stored = [...Deno.readDirSync(new URL("./snapshots/", import.meta.url))]
    .map(({ name }) => name.replace(/\.svg$/, "")).sort();
  assertEquals(stored, Object.keys(figureSamples).sort());
});
