import { assert, assertEquals } from "@std/assert";
import { packScript, unpackScript } from "tools/playground/packed_script.ts";

Deno.test("unpackScript() gives back what packScript() packed, in a fraction of the letters", async () => {
  const script = 'const greeting = "Grüße · 你好 · </script>";\n'.repeat(200);
  const packed = await packScript(script);
  assert(packed.length < script.length / 10, `${packed.length} letters`);
  assertEquals(/[^A-Za-z0-9+/=]/.test(packed), false, "nothing that could end a script element");
  assertEquals(await unpackScript(packed), script);
  assertEquals(await packScript(script), packed, "the same each time");
});
