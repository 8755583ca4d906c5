import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { type LectureSetting, openLecture, settingMime } from "lib/lecture/setting.ts";

const wanted = {
  question: "What dimension?",
  seed: 7,
  corpusName: "embedded",
  quick: true,
  backend: "cpu" as const,
};

Deno.test("openLecture() starts the backend and shows what measurements are made with", async () => {
  let setting: LectureSetting | undefined;
  const [{ data }] = await recordDisplays(async () => {
    setting = await openLecture(wanted);
  });
  assertEquals([setting!.backend, setting!.seed, setting!.quick], ["cpu", 7, true]);
  assertEquals(setting!.versions.tfjs, "4.22.0");
  assertEquals((data[settingMime] as { corpus: string }).corpus, "embedded");
  assertStringIncludes(data["text/markdown"] as string, "| Backend | tfjs cpu, as asked |");
  assertStringIncludes(data["text/markdown"] as string, "| Seed | 7 |");
});

Deno.test("openLecture() refuses a seed that is not an integer", async () => {
  await assertRejects(() => openLecture({ ...wanted, seed: 0.5 }), RangeError, "got 0.5");
});
