import { parseArgs, type ParseArgsConfig } from "node:util";

/** A command line that asks for something we do not have; the message is for the person who typed it. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Options of a command, as `parseArgs` of `node:util` takes them; `--help` is always among them. */
export type CommandOptions = NonNullable<ParseArgsConfig["options"]>;

const help = { help: { type: "boolean", short: "h" } } as const;

/**
 * The options and the other arguments of a command line.
 *
 * @param task name of the command, for the message: `deno task NAME`
 * @throws {UsageError} on an option that does not exist, a value that is missing or one too many, or an argument
 * where none is taken.
 */
export function readArguments<Options extends CommandOptions>(
  args: readonly string[],
  { task, options, positionals = false }: { task: string; options: Options; positionals?: boolean },
) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: positionals,
      options: { ...options, ...help },
    });
  } catch (error) {
    const [sentence] = (error as Error).message.split(". ");
    throw new UsageError(`${sentence.replace(/\.$/, "")}. See deno task ${task} --help.`);
  }
}

/**
 * A whole number of the command line; undefined where none was given.
 *
 * @throws {UsageError} if it is none, or not from `least` to `most`.
 */
export function wholeNumber<Value extends string | undefined>(
  value: Value,
  range: { name: string; least: number; most?: number },
): Value extends string ? number : number | undefined;
export function wholeNumber(
  value: string | undefined,
  { name, least, most = Number.MAX_SAFE_INTEGER }: { name: string; least: number; most?: number },
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`Cannot use ${name} ${value}: a whole number ${range} is needed.`);
}

/**
 * The names in a list with commas.
 *
 * @throws {UsageError} if one of them is not among those known.
 */
export function knownNames(
  value: string,
  { name, known }: { name: string; known: readonly string[] },
): string[] {
  const names = value.split(",");
  const unknown = names.find((one) => !known.includes(one));
  if (unknown === undefined) return names;
  throw new UsageError(`Cannot use ${name} ${unknown}: it takes ${known.join(", ")}.`);
}

/**
 * Parts of names, each of which is in at least one of those known.
 *
 * @throws {UsageError} if one is in none.
 */
export function knownParts(parts: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = parts.find((part) => !known.some((name) => name.includes(part)));
  if (unknown === undefined) return parts;
  throw new UsageError(`Cannot use --shape ${unknown}: it is in none of ${known.join(", ")}.`);
}

/**
 * What `read` makes of this program's command line. `--help` ends the program with its usage and code 0, a command
 * line that makes no sense with a sentence and code 2.
 */
export function commandLine<Options extends CommandOptions, Read>(
  { read, usage, ...reading }: {
    task: string;
    usage: string;
    options: Options;
    positionals?: boolean;
    read: (found: ReturnType<typeof readArguments<Options>>) => Read;
  },
): Read {
  try {
    const found = readArguments(Deno.args, reading);
    if (!(found.values as { help?: boolean }).help) return read(found);
    console.log(usage);
    Deno.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}
