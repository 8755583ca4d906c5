import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { findChromium } from "tools/browser/find_chromium.ts";

Deno.test("findChromium() takes the one that is named, and no other in its place", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "chromium");
    await Deno.writeTextFile(path, "");
    assertEquals(findChromium({ PATH: `/nowhere:${folder}` }), path);
    assertEquals(findChromium({ PATH: folder, UNROLLED_CHROMIUM: path }), path);
    assertEquals(findChromium({ PATH: folder, UNROLLED_CHROMIUM: "/nowhere/chromium" }), undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
