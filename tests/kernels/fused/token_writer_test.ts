import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { drawToken } from "lib/decoding/sample.ts";
import { createFusedNetwork, type FusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { MOST_WRITTEN } from "lib/kernels/fused/network_layout.ts";
import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { hashedParameters, hashedState } from "../hashed_network.ts";

const configOf = (cell: CellKind): NetworkConfig => ({
  ...{ cell, inputSize: 11, hiddenSize: 9, layerCount: 2, outputSize: 11, biasesPerGate: 1 },
});

async function network(config: NetworkConfig, more: { batchSize?: number } = {}) {
  const made = await createFusedNetwork({ config, timeSteps: 1, batchSize: 1, ...more });
  made.setParameters(hashedParameters(config, 2));
  return made;
}

/** The same by single steps, with every draw in double precision. */
function writeBySteps(
  stepped: FusedNetwork,
  { config, length, temperature }: { config: NetworkConfig; length: number; temperature: number },
) {
  const random = randomStream(1, "draws");
  let state = hashedState(config, 1), before = state, id = 3;
  const ids: number[] = [], losses: number[] = [];
  for (let i = 0; i < length; i++) {
    before = state;
    const next = stepped.step(state, [id]);
    id = drawToken(next.outputs, { temperature, random });
    ids.push(id);
    losses.push(-logSoftmaxRow(next.outputs, config.outputSize)[id]);
    state = next.state;
  }
  return { ids, losses, state: stepped.step(before, [ids.at(-2) ?? 3]).state };
}

Deno.test("writeTokens() writes what steps and draws write, at any temperature", async () => {
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const config = configOf(cell);
    using writer = await network(config);
    for (const temperature of [1, 0.3, 2.5, 0]) {
      const length = temperature === 1 ? MOST_WRITTEN + 50 : 60;
      const expected = writeBySteps(writer, { config, length, temperature });
      const random = randomStream(1, "draws");
      const options = { firstId: 3, length, temperature, random };
      const written = writer.write(hashedState(config, 1), options);
      assertEquals([...written.ids], expected.ids);
      written.losses.forEach((loss, i) => assertAlmostEquals(loss, expected.losses[i], 1e-13));
      assertEquals(written.state, expected.state);
    }
  }
});

Deno.test("writeTokens() draws by the cumulative sum: rigged numbers pick first and last tokens", async () => {
  const config = configOf("gru");
  using writer = await network(config);
  const write = (draw: number, temperature: number) =>
    writer.write(hashedState(config, 1), {
      ...{ firstId: 0, length: 1, temperature, random: () => draw },
    }).ids[0];
  assertEquals([write(0, 1), write(1 - 2 ** -53, 1)], [0, 10]);
  // So hot that all are equally likely, so cold that only the likeliest is.
  const middles = Array.from({ length: 11 }, (_, id) => write((id + 0.5) / 11, 1e9));
  assertEquals(middles, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const { outputs } = writer.step(hashedState(config, 1), [0]);
  const likeliest = outputs.indexOf(Math.max(...outputs));
  const never = () => {
    throw new Error("drew a number");
  };
  for (const draw of [0, 0.5, 0.99]) assertEquals(write(draw, 1e-300), likeliest);
  const greedy = { firstId: 0, length: 1, temperature: 0, random: never };
  assertEquals([...writer.write(hashedState(config, 1), greedy).ids], [likeliest]);
});

Deno.test("writeTokens() is the same in a network that works in slices", async () => {
  const config: NetworkConfig = { ...configOf("lstm"), layerCount: 1 };
  using small = await network(config);
  using large = await network(config, { batchSize: 2048 });
  const write = (one: FusedNetwork) =>
    one.write(hashedState(config, 1), {
      ...{ firstId: 1, length: 40, temperature: 1, random: randomStream(2, "draws") },
    });
  assertEquals(write(large), write(small));
});

Deno.test("writeTokens() says that a network has diverged, and writes on when it is mended", async () => {
  const config = configOf("rnn-tanh");
  using writer = await network(config);
  const write = () =>
    writer.write(hashedState(config, 1), {
      ...{ firstId: 0, length: 5, temperature: 1, random: () => 0.5 },
    });
  const before = write();
  for (const value of [NaN, Infinity]) {
    const parameters = hashedParameters(config, 2);
    parameters["output/bias"][4] = value;
    writer.setParameters(parameters);
    assertThrows(write, RangeError, "has diverged");
  }
  writer.setParameters(hashedParameters(config, 2));
  assertEquals(write(), before);
});

Deno.test("writeTokens() refuses ids and states that do not fit, write() networks of real values", async () => {
  const config = configOf("lstm");
  using writer = await network(config);
  const options = { firstId: 11, length: 1, temperature: 1, random: () => 0 };
  const state = hashedState(config, 1);
  assertThrows(() => writer.write(state, options), RangeError, "firstId holds 11, not in 0..10");
  assertThrows(
    () => writer.write(hashedState(config, 2), { ...options, firstId: 0 }),
    RangeError,
    "hiddenState has 36 elements, not 18",
  );
  using values = await createFusedNetwork({
    ...{ config: { ...config, outputSize: 1 }, timeSteps: 1, batchSize: 1 },
    loss: "squared-error",
  });
  assertThrows(() => values.write(state, options), Error, "is not what it reads");
});
