import { assertAlmostEquals, assertThrows } from "@std/assert";
import { sourceModel } from "lib/models/source_model.ts";
import { divergenceByKind } from "lib/probes/truth/divergence_by_kind.ts";
import { sourceDivergence } from "lib/probes/truth/source_divergence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { embeddedReber } from "lib/sources/embedded_reber.ts";
import { sampleStrings } from "lib/sources/sample_strings.ts";

const source = embeddedReber();
const sequences = sampleStrings(source, { count: 50, random: randomStream(1, "strings") });
const kindOf = (state: number) => state === 16 || state === 17 ? "closing" : "elsewhere";

Deno.test("divergenceByKind() finds forgetting's whole bit at the last but one symbol", async () => {
  const forgetful = sourceModel(embeddedReber({ remembered: false }));
  // One at a time: the exact model refuses the filling of shorter strings.
  const each = await Promise.all(
    sequences.map((ids) => sourceDivergence(forgetful, source, [ids])),
  );
  const klBitsOfPlaces = each.flatMap((one) => one.klBitsOfPlaces);
  const bits = divergenceByKind({ klBitsOfPlaces }, sequences, { source, kindOf });
  assertAlmostEquals(bits.closing, 1, 1e-6);
  assertAlmostEquals(bits.elsewhere, 0, 1e-6);
});

Deno.test("divergenceByKind() refuses other sequences", () => {
  const klBitsOfPlaces = sequences.map((ids) => new Float64Array(ids.length));
  const others = sequences.slice(1);
  assertThrows(
    () => divergenceByKind({ klBitsOfPlaces }, others, { source, kindOf }),
    RangeError,
    "50 sequences, 49 were given",
  );
});
