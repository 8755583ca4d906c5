import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { bundleForBrowser } from "tools/playground/bundle.ts";
import { repositoryRoot as root } from "../../repository/repository_root.ts";

Deno.test("bundleForBrowser() makes one classic script of a module and what it imports", async () => {
  const script = await bundleForBrowser("lib/text/loss_units.ts", { root });
  assertEquals(/^\s*(import|export)\b/m.test(script), false);
});

Deno.test("bundleForBrowser() says what the bundler says", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "a.ts"), 'import "./nowhere.ts";\n');
    const error = await assertRejects(
      () => bundleForBrowser(join(folder, "a.ts"), { root }),
      Error,
      "Cannot bundle",
    );
    assert(error.message.includes("nowhere.ts"), error.message);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
