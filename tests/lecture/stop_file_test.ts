import { assertEquals } from "@std/assert";
import { askedToStop, stopFileName } from "lib/lecture/stop_file.ts";

Deno.test("askedToStop() is true once for each time the file was put there", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assertEquals(await askedToStop(folder), false);
    await Deno.writeTextFile(`${folder}/${stopFileName}`, "");
    assertEquals(await askedToStop(folder), true);
    assertEquals(await askedToStop(folder), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
