import { assertEquals, assertStringIncludes } from "@std/assert";
import { delimiter, join } from "node:path";
import { repositoryRoot as root } from "./repository_root.ts";

const readme = (commands: string) =>
  `# A\n\n\`\`\`sh\nno such command\n\`\`\`\n\n## Two commands\n\n\`\`\`sh\n${commands}\n\`\`\`\n\n## B\n\n\`\`\`sh\nnot this\n\`\`\`\n`;

async function shell(script: string, options: { cwd: string; PATH?: string }) {
  const { code, stdout } = await new Deno.Command("bash", {
    args: ["-c", script],
    cwd: options.cwd,
    env: { PATH: options.PATH ?? Deno.env.get("PATH")! },
    stderr: "null",
  }).output();
  return { code, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
}

/** Runs `.ci/run` in a small repository whose `npx` is a script of ours. */
async function runCi(commands: string, npx: string) {
  const folder = await Deno.makeTempDir();
  try {
    const repository = join(folder, "repository");
    await Deno.mkdir(join(repository, ".ci"), { recursive: true });
    await Deno.mkdir(join(folder, "bin"));
    await Deno.writeTextFile(join(folder, "bin/npx"), `#!/bin/sh\n${npx}\n`, { mode: 0o755 });
    await Deno.copyFile(join(root, ".ci/run"), join(repository, ".ci/run"));
    await Deno.writeTextFile(join(repository, "README.md"), readme(commands));
    const commit = "git init -q && git add -A && git -c user.name=a -c user.email=a@a commit -qm a";
    assertEquals((await shell(commit, { cwd: repository })).code, 0);
    await Deno.writeTextFile(join(repository, "uncommitted"), "");
    const PATH = join(folder, "bin") + delimiter + Deno.env.get("PATH");
    return await shell(".ci/run", { cwd: repository, PATH });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ours = { ignore: Deno.build.os === "windows" }; // bash

Deno.test(
  ".ci/run runs the README's commands in a clean checkout and ends with the count",
  ours,
  async () => {
    const npx = 'ls; echo "ran: $*"; [ "$2" = test ] && echo "5 passed, 0 failed"; exit 0';
    const { code, lines } = await runCi("# twice\nnpx a lecture\nnpx a test --now", npx);
    assertEquals(code, 0);
    assertEquals(lines.filter((line) => line.startsWith("ran: ")), [
      "ran: a lecture",
      "ran: a test --now",
    ]);
    assertEquals(lines.includes("README.md"), true);
    assertEquals(lines.includes("uncommitted"), false);
    assertEquals(lines.at(-1), "5 passed, 0 failed");
  },
);

Deno.test(".ci/run fails with either command, and still runs the second", ours, async () => {
  const npx = 'if [ "$2" = test ]; then echo "5 passed, 0 failed"; else exit 3; fi';
  const { code, lines } = await runCi("npx a lecture\nnpx a test", npx);
  assertEquals([code, lines.at(-1)], [1, "5 passed, 0 failed"]);
  assertStringIncludes(lines.join("\n"), "(exit code 3 after ");
});

Deno.test(".ci/run fails where the test command closes with no count", ours, async () => {
  const { code, lines } = await runCi("npx a lecture\nnpx a test", "exit 0");
  assertEquals([code, lines.at(-1)], [1, "0 passed, 1 failed"]);
});

Deno.test(".ci/run fails where the README does not show two commands", ours, async () => {
  assertEquals((await runCi("npx a test", "echo '1 passed, 0 failed'")).code, 1);
});
